//! A claim followed along runs that are still being made: each row is read once, however often one asks.

use std::sync::Arc;

use crate::engine::record::Sample;
use crate::lesson::claim::predicate::{At, Claim, Comparison, Condition, Operand};
use crate::lesson::claim::{self, Horizon};
use crate::lesson::scenario::Cast;

/// What was read of the runs so far, for one claim.
#[derive(Debug, Clone)]
pub struct Watch {
    node: Node,
    /// Where each run stood, so that other runs are noticed.
    stood: Vec<(usize, Arc<Sample>)>,
}

/// What is known of a claim, or of a part of it.
#[derive(Debug, Clone, Default)]
struct Node {
    /// So many rows were read.
    read: usize,
    /// The first row that meets all conditions.
    found: Option<usize>,
    /// Whether it holds, once no further row can change that.
    settled: Option<bool>,
    parts: Vec<Node>,
}

impl Watch {
    /// Nothing read yet.
    pub fn new(cast: &Cast) -> Self {
        let mut watch = Self { node: Node::default(), stood: Vec::new() };
        watch.note(cast);
        watch
    }

    /// Whether these are the runs that it followed, and none of them went back.
    pub fn is_of(&self, cast: &Cast) -> bool {
        let is_same = |((t, here), run): (&(usize, Arc<Sample>), &crate::engine::run::Run)| {
            run.iteration() >= *t && run.iterate(*t).is_some_and(|known| Arc::ptr_eq(known, here))
        };
        self.stood.len() == cast.runs.len() && self.stood.iter().zip(&cast.runs).all(is_same)
    }

    /// Whether the steps made so far decide that the claim holds, and at which row, if it asks for the first.
    pub fn holds(&mut self, claim: &Claim, cast: &mut Cast) -> Result<(bool, Option<usize>), String> {
        self.note(cast);
        let holds = self.node.holds(claim, cast)?;
        Ok((holds == Some(true), self.node.found))
    }

    fn note(&mut self, cast: &Cast) {
        let is_on = |index: usize, t: usize| self.stood.get(index).is_none_or(|(stood, _)| t > *stood);
        let stands = cast.runs.iter().enumerate().map(|(index, run)| match self.stood.get(index) {
            Some(known) if !is_on(index, run.iteration()) => known.clone(),
            _ => (run.iteration(), Arc::clone(run.here())),
        });
        self.stood = stands.collect();
    }
}

/// Whether a claim can be followed: it compares with numbers alone, so that a row that was read never counts anew.
pub fn can_follow(claim: &Claim) -> bool {
    match claim {
        Claim::Row(row) => is_plain(&row.condition.comparison),
        Claim::First { conditions, iteration, .. } => {
            conditions.iter().all(|condition| is_plain(&condition.comparison)) && iteration.iter().all(is_plain)
        }
        Claim::All(claims) | Claim::Any(claims) => claims.iter().all(can_follow),
        Claim::Not(claim) => can_follow(claim),
    }
}

fn is_plain(comparison: &Comparison) -> bool {
    match comparison {
        Comparison::Equals { to, .. }
        | Comparison::Below(to)
        | Comparison::Above(to)
        | Comparison::AtMost(to)
        | Comparison::AtLeast(to) => matches!(to, Operand::Number(_)),
        Comparison::Is(_) | Comparison::Near { .. } => true,
    }
}

impl Node {
    /// Whether the claim holds; `None` while a further row can change that.
    fn holds(&mut self, claim: &Claim, cast: &mut Cast) -> Result<Option<bool>, String> {
        if self.settled.is_some() {
            return Ok(self.settled);
        }
        match claim {
            Claim::First { run, conditions, .. } => {
                let index = claim::index(cast, run.as_ref())?;
                if !self.finds(index, conditions, cast)? {
                    return Ok(cast.runs[index].peek().is_err().then_some(false));
                }
                // What is first stays first.
                self.settled = Some(claim::first_holds(claim, self.found, cast)?);
                Ok(self.settled)
            }
            Claim::Row(row) => {
                let run = &cast.runs[claim::index(cast, row.run.as_ref())?];
                let (t, has_ended) = (run.iteration(), run.peek().is_err());
                let is_readable = claim::reach_of(row, Horizon::Made) == Horizon::Arrived;
                match row.at {
                    At::Iteration(at) if !has_ended && (at > t || (at == t && !is_readable)) => Ok(None),
                    At::End if !has_ended => Ok(None),
                    At::Iteration(_) | At::End => {
                        self.settled = Some(claim::holds(claim, cast, Horizon::Made)?);
                        Ok(self.settled)
                    }
                    At::Every | At::Some => {
                        let wanted = row.at == At::Some;
                        let (read, is_decided) = claim::read_rows(row, self.read, cast, Horizon::Made)?;
                        self.read = read;
                        self.settled = is_decided.then_some(wanted);
                        Ok(self.settled.or(has_ended.then_some(!wanted)))
                    }
                }
            }
            Claim::All(claims) => {
                let parts = self.parts(claims.len());
                decided(claims.iter().zip(parts).map(|(claim, part)| part.holds(claim, cast)), false)
            }
            Claim::Any(claims) => {
                let parts = self.parts(claims.len());
                decided(claims.iter().zip(parts).map(|(claim, part)| part.holds(claim, cast)), true)
            }
            Claim::Not(claim) => Ok(self.parts(1)[0].holds(claim, cast)?.map(|holds| !holds)),
        }
    }

    fn parts(&mut self, count: usize) -> &mut [Self] {
        self.parts.resize_with(count, Self::default);
        &mut self.parts
    }

    fn finds(&mut self, index: usize, conditions: &[Condition], cast: &mut Cast) -> Result<bool, String> {
        while self.found.is_none() {
            let Some(meets) = claim::meets(conditions, cast, index, self.read, Horizon::Made)? else { break };
            self.found = meets.then_some(self.read);
            self.read += 1;
        }
        Ok(self.found.is_some())
    }
}

/// What several parts decide together, of which one alone decides by being `alone`; `None` while none of them can.
fn decided(parts: impl Iterator<Item = Result<Option<bool>, String>>, alone: bool) -> Result<Option<bool>, String> {
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let is_open = parts.contains(&None);
    Ok(if parts.contains(&Some(alone)) { Some(alone) } else { (!is_open).then_some(!alone) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::course::library;
    use crate::lesson::scenario::cast;

    /// Every claim of every shipped lesson, on every scenario: followed step by step it says what a fresh reading says.
    #[test]
    fn what_is_followed_is_what_is_read_anew() {
        let mut asked = 0;
        for (id, _) in library::SHIPPED {
            let lesson = library::open(id).unwrap();
            for page in &lesson.pages {
                let Some(goal) = page.goal.as_ref().filter(|goal| can_follow(&goal.claim)) else { continue };
                for scenario in &lesson.scenarios {
                    let Ok(mut cast) = cast(scenario, &[]) else { continue };
                    let mut watch = Watch::new(&cast);
                    for t in 0..40 {
                        cast.runs.iter_mut().for_each(|run| run.go_to(t));
                        let anew = claim::holds(&goal.claim, &mut cast.clone(), Horizon::Made);
                        assert_eq!(watch.holds(&goal.claim, &mut cast).map(|(holds, _)| holds), anew, "{id} t = {t}");
                        asked += 1;
                        if anew == Ok(true) {
                            break;
                        }
                    }
                    assert!(watch.is_of(&cast));
                }
            }
        }
        assert!(asked > 40, "{asked}");
    }
}
