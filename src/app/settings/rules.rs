//! Which rules the drafted method has: walked through or named, with their settings as they were left.

use crate::app::settings::draft::{Draft, named};
use crate::engine::number::Sense;
use crate::engine::rule::method::{Half, Method};
use crate::engine::rule::pairing::Length;

/// What becomes of a rule that is walked to.
enum Taken {
    /// It does not fit, with the reason.
    Passed(String),
    /// The method with it, and what has to change as well.
    Method(Box<Method>, Option<String>),
}

impl Draft {
    /// On to the next rule that fits; says in words which was passed over, or what has to change as well.
    pub(in crate::app) fn walk(&mut self, half: Half, sense: Sense) -> Result<(), String> {
        if let (Half::StepSize, Length::Own(_, why)) = (half, self.method.direction.rule().length()) {
            return Err(format!("`{}` takes no step size: {why}.", self.method.direction.name()));
        }
        let (names, name) = (half.names(), self.method.name(half));
        let at = names.iter().position(|known| *known == name).unwrap_or(0);
        let mut passed = None;
        for away in 1..names.len() {
            let next = &names[sense.away(at, away, names.len())];
            match self.rule_taken(half, next)? {
                Taken::Passed(why) => passed = passed.or(Some(why)),
                Taken::Method(method, told) => {
                    self.leave_rules();
                    self.method = *method;
                    return told.or(passed).map_or(Ok(()), Err);
                }
            }
        }
        Err(passed.unwrap_or_else(|| "There is no other rule.".into()))
    }

    /// Takes the rule of this name, if it fits; says in words why it does not, or what has to change as well.
    pub(in crate::app) fn take_rule(&mut self, half: Half, name: &str) -> Result<(), String> {
        match self.rule_taken(half, name)? {
            Taken::Passed(why) => Err(why),
            Taken::Method(method, told) => {
                self.leave_rules();
                self.method = *method;
                told.map_or(Ok(()), Err)
            }
        }
    }

    /// What becomes of the method with the rule of this name.
    fn rule_taken(&self, half: Half, name: &str) -> Result<Taken, String> {
        let drafted = self.with_rule(half, name)?;
        if let Err(why) = drafted.direction.rule().fits(&**self.subject.objective()) {
            return Ok(Taken::Passed(format!("`{name}` is passed over: {why}")));
        }
        let can_follow = half == Half::Direction && self.page.allows("step_size.rule");
        Ok(match drafted.refusal() {
            Some(why) if !can_follow => Taken::Passed(format!("Passed over: {why}")),
            refusal => {
                let told = refusal.map(|why| format!("{why}: choose another step size"));
                Taken::Method(Box::new(drafted), told)
            }
        })
    }

    /// Keeps the settings of the rules that may be left.
    fn leave_rules(&mut self) {
        for half in [Half::Direction, Half::StepSize] {
            let (name, table) = (self.method.name(half), self.method.settings(half));
            self.left.retain(|(other, kept)| *other != half || named(kept) != Some(&name));
            self.left.push((half, table));
        }
    }

    /// The method with another rule, its settings as they were left or as they are by default.
    fn with_rule(&self, half: Half, name: &str) -> Result<Method, String> {
        let left = |name: &str| self.left.iter().find(|(other, kept)| *other == half && named(kept) == Some(name));
        let mut method = self.method.drafted(&format!("{}.rule", half.key()), &toml::Value::from(name))?;
        if let Some((_, table)) = left(name) {
            method = method.with_half(half, table.clone())?;
        }
        // A direction with steps of its own is left: the step size of before comes back.
        if self.method.direction.own_step().is_some() && method.direction.own_step().is_none() {
            let nameable = Half::StepSize.names();
            let before = self.left.iter().rev().find(|(other, kept)| {
                *other == Half::StepSize && named(kept).is_some_and(|name| nameable.iter().any(|known| known == name))
            });
            if let Some((_, table)) = before {
                method = method.with_half(Half::StepSize, table.clone())?;
            }
        }
        Ok(method)
    }
}
