//! Which scenarios a page shows: one of the lesson's, or two of them side by side.

use std::ops::Range;

use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::Scenario;
use crate::lesson::schema::Panel;

/// The scenarios of a lesson by name, in order; those that could not be read are there by name only.
pub type Scenarios = [(Safe, Option<Scenario>)];

/// The scenarios of a page, as indices.
pub struct PageScenarios<'f> {
    /// The one whose runs the learner steps; `None` where nobody can tell which is meant.
    pub scenario: Option<usize>,
    /// Whether the page names it alone, and so starts it over.
    pub is_named: bool,
    pub compared: Option<usize>,
    /// Where `compare` stands; `None` if the page does not compare.
    compare: Option<&'f Range<usize>>,
}

impl<'f> PageScenarios<'f> {
    /// Reads `compare` and `scenario`; `before` is the scenario of the page before.
    pub fn of(fields: &'f Fields<'_>, scenarios: &Scenarios, before: usize, desk: &mut Desk<'_>) -> Self {
        let compare = fields.get("compare");
        let pair = compare.and_then(|value| pair(value, scenarios, desk));
        let named = fields.get("scenario");
        let scenario = match (named, pair, compare) {
            (Some(named), ..) => scenario(named, scenarios, desk),
            (None, Some([first, _]), _) => Some(first),
            (None, None, Some(_)) => None,
            (None, None, None) => Some(before),
        };
        if let (Some(named), Some(scenario), Some([first, second])) = (named, scenario, pair)
            && scenario != first
        {
            let name = |index: usize| scenarios[index].0.as_str();
            let message =
                format!("the learner steps `{}`, the first of `compare`, not `{}`", name(first), name(scenario));
            let other = if scenario == second { first } else { second };
            let cure = format!("leave it out, or write compare = [\"{}\", \"{}\"]", name(scenario), name(other));
            desk.fault(&named.span, message, cure);
        }
        Self {
            scenario,
            is_named: named.is_some(),
            compared: pair.map(|[_, second]| second),
            compare: compare.map(|value| &value.key),
        }
    }

    /// Complains if the panels of a page that compares leave out the map.
    pub fn need_map(&self, show: &[Panel], desk: &mut Desk<'_>) {
        if let Some(compare) = self.compare.filter(|_| !show.is_empty() && !show.contains(&Panel::Map)) {
            let message = "`compare` shows two maps, and `show` has no `map`";
            desk.fault(compare, message, "put \"map\" into `show`, or take `compare` out");
        }
    }
}

/// The index of the scenario that a value names.
pub fn scenario(value: &Value<'_>, scenarios: &Scenarios, desk: &mut Desk<'_>) -> Option<usize> {
    let name = value.written()?;
    let index = scenarios.iter().position(|(known, _)| **known == *name);
    if index.is_none() {
        let cure = spelling::cure(name, scenarios.iter().map(|(name, _)| name.as_str()));
        desk.fault(&value.span, format!("there is no scenario `{name}`"), cure);
    }
    index
}

/// The indices of two scenarios, different ones.
fn pair(value: &Value<'_>, scenarios: &Scenarios, desk: &mut Desk<'_>) -> Option<[usize; 2]> {
    let items = value.list()?;
    let [one, other] = items else {
        let message = format!("`compare` takes the names of two scenarios, found {}", items.len());
        desk.fault(&value.span, message, two_of(scenarios));
        return None;
    };
    let (first, second) = (scenario(one, scenarios, desk), scenario(other, scenarios, desk));
    let (first, second) = (first?, second?);
    if first == second {
        desk.fault(
            &other.span,
            format!("`{}` is compared with itself", scenarios[first].0.as_str()),
            two_of(scenarios),
        );
        return None;
    }
    Some([first, second])
}

/// What could stand there.
fn two_of(scenarios: &Scenarios) -> String {
    match scenarios {
        [(one, _), (other, _), ..] => format!("write two, such as [\"{}\", \"{}\"]", one.as_str(), other.as_str()),
        _ => "write a second scenario".into(),
    }
}
