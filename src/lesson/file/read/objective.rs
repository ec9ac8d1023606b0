//! An objective in a lesson file: a formula, or a landscape by its name.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::engine::number::counted;
use crate::lesson::file::fields::Value;
use crate::lesson::file::read::desk::Desk;
use crate::objective::formula::Formula;
use crate::objective::landscape::Landscape;
use crate::objective::subject::Subject;

/// An objective as written, before its dimension is known.
pub enum ObjectiveDraft<'f, 'd> {
    /// The text of a formula, and its constants.
    Formula(&'f Value<'d>, BTreeMap<String, f64>),
    /// A landscape of the catalog.
    Landscape(&'static Landscape),
}

/// `objective = { formula = … }` or `{ name = … }`.
pub fn objective<'f, 'd>(value: &'f Value<'d>, desk: &mut Desk<'_>) -> Option<ObjectiveDraft<'f, 'd>> {
    let fields = value.table()?;
    let with = fields.get("with");
    match (fields.get("name"), fields.get("formula")) {
        (Some(name), None) => {
            if let Some(with) = with {
                desk.fault(&with.key, "`with` names the constants of a formula", "take it out");
            }
            name.landscape().map(ObjectiveDraft::Landscape)
        }
        (None, Some(formula)) => {
            let constants = with.map_or_else(|| Some(BTreeMap::new()), constants)?;
            formula.written().map(|_| ObjectiveDraft::Formula(formula, constants))
        }
        _ => None,
    }
}

fn constants(value: &Value<'_>) -> Option<BTreeMap<String, f64>> {
    value.table()?.all().map(|constant| Some((constant.name.to_owned(), constant.number()?))).collect()
}

impl ObjectiveDraft<'_, '_> {
    /// The landscape, if the objective is one.
    pub fn landscape(&self) -> Option<&'static Landscape> {
        match self {
            Self::Formula(..) => None,
            Self::Landscape(landscape) => Some(landscape),
        }
    }

    /// The objective as a function of so many coordinates; `start` is where their number comes from.
    pub fn of_dimension(&self, dimension: usize, start: Option<&Range<usize>>, desk: &mut Desk<'_>) -> Option<Subject> {
        match self {
            Self::Landscape(landscape) if landscape.dimension() != dimension => {
                let wanted = landscape.dimension();
                let message = format!(
                    "`{}` has {} and the start {dimension}",
                    landscape.name,
                    counted(wanted as u64, "coordinate")
                );
                desk.fault(start?, message, format!("write {}", counted(wanted as u64, "number")));
                None
            }
            Self::Landscape(landscape) => landscape.objective().ok().map(Subject::from),
            Self::Formula(value, constants) => match Formula::parse(value.written()?, dimension, constants) {
                Ok(formula) => Some(formula.into()),
                Err(error) => {
                    let (told, more) = error.told();
                    for (place, fault) in told.iter().enumerate() {
                        let (message, mut cure) = said(&fault.problem.to_string());
                        if place == 0
                            && let Some(corrected) = &error.corrected
                        {
                            cure = format!("{cure}; in full: {corrected}");
                        }
                        if place + 1 == told.len() && more > 0 {
                            cure = format!("{cure}; the formula has {more} more faults");
                        }
                        desk.fault(&inside(value, &fault.span, desk.source), message, cure);
                    }
                    None
                }
            },
        }
    }
}

/// A sentence of the formula's parser, parted into what is wrong and the cure.
fn said(sentence: &str) -> (String, String) {
    match (sentence.split_once(": "), sentence.split_once(", expected ")) {
        (Some((message, cure)), _) => (message.to_owned(), cure.to_owned()),
        (None, Some((message, expected))) => (message.to_owned(), format!("write {expected}")),
        (None, None) => (sentence.to_owned(), "see docs/authoring.md for what a formula may hold".to_owned()),
    }
}

/// Where some bytes of a text stand in the file; the whole value where the file writes it with escapes.
fn inside(value: &Value<'_>, span: &Range<usize>, source: &str) -> Range<usize> {
    let written = source.get(value.span.clone()).unwrap_or_default();
    let is_plain = written.len() >= 2 && value.written() == written.get(1..written.len() - 1);
    if is_plain {
        let from = value.span.start + 1;
        from + span.start..from + span.end
    } else {
        value.span.clone()
    }
}
