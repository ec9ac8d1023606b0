//! Predicates on a trace: what a lesson claims, and the engine decides.

pub mod predicate;
pub mod rows;
pub mod watch;
pub mod worded;

use crate::engine::record::quantity::Quantity;
use crate::engine::record::quantity::datum::Datum;
use crate::lesson::claim::predicate::{At, Claim, Condition, RowClaim};
use crate::lesson::claim::rows::Horizon;
use crate::lesson::claim::watch::Node;
use crate::lesson::file::safe::Safe;
use crate::lesson::scenario::Cast;

/// Whether a claim holds of runs that go on as far as it needs; or, in words, why that cannot be said.
pub fn holds(claim: &Claim, cast: &mut Cast) -> Result<bool, String> {
    cast.read = 0;
    Ok(Node::default().holds(claim, cast, Horizon::Whole)? == Some(true))
}

/// The first row of the run of this index that meets all conditions, by its iteration; `None` if none does.
pub fn first_row(conditions: &[Condition], cast: &mut Cast, index: usize) -> Result<Option<usize>, String> {
    Node::default().finds(index, conditions, cast, Horizon::Whole)
}

/// The first row that decides a claim about every row or some row: one that breaks it, or one that meets it; `None` if
/// only the end of the run decides.
pub fn decisive_row(claim: &RowClaim, cast: &mut Cast) -> Result<Option<usize>, String> {
    Node::default().reads(claim, cast, Horizon::Whole)
}

/// What a quantity is at a place of a run; or, in words, why there is nothing.
pub fn look_up(quantity: &Quantity, run: Option<&Safe>, at: At, cast: &mut Cast) -> Result<Datum, String> {
    let index = rows::index(cast, run)?;
    let row = match at {
        At::Iteration(_) | At::End => rows::row_at(cast, index, at, Horizon::Whole)?,
        At::Every | At::Some => return Err("a number needs one row: at = an iteration, \"start\" or \"end\"".into()),
    };
    let t = row.ok_or_else(|| format!("run {} does not get to {}", cast.names[index].as_str(), at.told()))?;
    rows::read(quantity, cast, index, t)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Arc;

    use serde_json::{Value, to_value};

    use super::*;
    use crate::engine::ask::noise::Noise;
    use crate::engine::record::quantity::costly::Costly;
    use crate::engine::record::quantity::read::RowReader;
    use crate::engine::record::row;
    use crate::engine::rule::list::{DirectionRule, StepSizeRule};
    use crate::engine::rule::method::Method;
    use crate::engine::run::Run;
    use crate::engine::run::stop::Limits;
    use crate::engine::tally::counted;
    use crate::engine::theory::Known;
    use crate::lesson::course::library;
    use crate::lesson::scenario::cast;
    use crate::objective::formula::Formula;
    use crate::objective::point::Point;

    /// Every path into a row as JSON, with what stands there.
    fn paths<'v>(value: &'v Value, path: &str, found: &mut BTreeMap<String, &'v Value>) {
        if !path.is_empty() {
            found.insert(path.to_owned(), value);
        }
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| paths(item, &format!("{path}[{index}]"), found));
            }
            Value::Object(entries) => {
                let dot = if path.is_empty() { "" } else { "." };
                entries.iter().for_each(|(key, entry)| paths(entry, &format!("{path}{dot}{key}"), found));
            }
            _ => {}
        }
    }

    /// Holds every path of the JSON of a row against the typed quantity, and every quantity against the JSON; notes those
    /// that the row has.
    fn hold(run: &Run, t: usize, known: &Known, seen: &mut BTreeSet<String>) {
        let line = match run.peek() {
            Err(ending) if t == run.iteration() => to_value(row::end_row(run, ending)).unwrap(),
            _ => to_value(row::row(run, t, known).unwrap()).unwrap(),
        };
        let mut told = BTreeMap::new();
        paths(&line, "", &mut told);
        let costly = Costly::default();
        let reader = RowReader::new(run, t, known, &costly).unwrap();
        let read = |reader: &RowReader<'_>, path: &str| {
            let quantity = Quantity::parse(path).unwrap_or_else(|misread| panic!("{path}: {misread:?}"));
            quantity.read(reader).map(|datum| to_value(datum).unwrap())
        };
        for (path, value) in &told {
            let wanted =
                if path == "trials" { to_value(value.as_array().unwrap().len()).unwrap() } else { (*value).clone() };
            assert_eq!(read(&reader, path), Some(wanted), "{path} at t = {t}");
            let inner = path.strip_prefix("trials[").or_else(|| path.strip_prefix("attempt.trials["));
            if let Some((index, rest)) = inner.and_then(|inner| inner.split_once(']')) {
                let one = reader.of_trial(index.parse::<usize>().unwrap() + 1).unwrap();
                assert_eq!(read(&one, &format!("trial{rest}")).as_ref(), Some(*value), "{path} of its trial");
            }
        }
        for quantity in Quantity::all() {
            let is_there = told.contains_key(quantity.text());
            assert_eq!(quantity.read(&reader).is_some(), is_there, "{} at t = {t}", quantity.text());
        }
        seen.extend(told.keys().map(|path| with_index_0(path)));
    }

    /// `trials[0].alpha` for `trials[12].alpha`.
    fn with_index_0(path: &str) -> String {
        let mut parts = path.split('[');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |path, part| path + "[0" + part.trim_start_matches(|digit: char| digit.is_ascii_digit()))
    }

    /// The row as it is written out is the proof of what is read off it, and the other way round.
    #[test]
    fn a_quantity_is_what_the_trace_says() {
        let mut seen = BTreeSet::new();
        for (id, _) in library::SHIPPED {
            for scenario in &library::open(id).unwrap().scenarios {
                let mut cast = cast(scenario, &[]).unwrap();
                for (run, known) in cast.runs.iter_mut().zip(&cast.known) {
                    run.go_to(5);
                    (0..run.iteration()).for_each(|t| hold(run, t, known, &mut seen));
                    run.go_to(usize::MAX);
                    (run.iteration().saturating_sub(2)..=run.iteration()).for_each(|t| hold(run, t, known, &mut seen));
                }
            }
        }
        let valley = |lift: &str| {
            let formula = format!("(1-x1)^2 + 100*(x2-x1^2)^2{lift}");
            Arc::new(Formula::parse(&formula, 2, &BTreeMap::new()).unwrap())
        };
        let known = Known { lipschitz: Some(1e3), points: vec![vec![1.0, 1.0]], ..Known::default() };
        // Lifted, the values of f show no decrease near the minimum, so that slopes are asked.
        let noise = Some(Noise { sigma: 0.1, seed: 1 });
        let variants = [(valley(""), None), (valley(""), noise), (valley(" + 1e4"), None)];
        let limits = Limits { iterations: 60, gradient: 0.0, ..Limits::default() };
        for direction in DirectionRule::all() {
            for step_size in StepSizeRule::all() {
                for (valley, noise) in &variants {
                    let method = Method { direction: direction.clone(), step_size: step_size.clone() };
                    let start = Point::from_vec(vec![-1.2, 1.0]);
                    let mut run =
                        Run::new(Arc::clone(valley) as Arc<_>, start, method, limits.clone()).with_noise(*noise);
                    run.go_to(usize::MAX);
                    let last = run.iteration();
                    let rows = (0..=last).filter(|t| *t < 3 || *t + 3 > last);
                    rows.for_each(|t| hold(&run, t, &known, &mut seen));
                }
            }
        }
        let missing: Vec<String> = Quantity::all()
            .iter()
            .map(|quantity| quantity.text().to_owned())
            .filter(|text| !text.starts_with("trial.") && text != "trial" && !seen.contains(text))
            .collect();
        assert_eq!(missing, Vec::<String>::new(), "no row has these");
    }

    #[test]
    fn no_more_is_computed_than_is_asked_for() {
        let ravine = Arc::new(Formula::parse("10*x1^2 + x2^2/2", 2, &BTreeMap::new()).unwrap());
        let method = Method { direction: DirectionRule::all().remove(0), step_size: StepSizeRule::all().remove(0) };
        let run = Run::new(ravine, Point::from_vec(vec![2.0, 20.0]), method, Limits::default());
        let known = Known { lipschitz: Some(20.0), ..Known::default() };
        for (asked, wanted) in [
            (&["value", "slope", "alpha_star", "predicted_change", "trials", "state"][..], 0),
            (&["hessian.kind", "hessian.eigenvalues[1]", "alpha_max", "theory.two-over-l.lhs"][..], 1),
            (&["theory.linear-rate.verdict", "theory.descent-lemma.rhs", "hessian.condition"][..], 1),
        ] {
            let costly = Costly::default();
            let row = RowReader::new(&run, 0, &known, &costly).unwrap();
            let read = || asked.iter().for_each(|text| drop(Quantity::parse(text).unwrap().read(&row)));
            assert_eq!(counted(read).2, wanted, "{asked:?}");
        }
    }
}
