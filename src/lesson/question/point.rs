//! A question answered by a point on the map.

use crate::engine::number::coordinates;
use crate::engine::number::short;
use crate::lesson::check::notes::Notes;
use crate::lesson::check::witness::witness;
use crate::lesson::claim::holds;
use crate::lesson::claim::predicate::Claim;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::read::claim;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::start;
use crate::lesson::file::shape::{FormatKey, POINT, key, need};
use crate::lesson::question::answerable::{Answerable, Asked, BECAUSE, REFUTE, Score, lowered, unanswered};
use crate::lesson::question::number::{WITHIN, is_same, written};
use crate::lesson::question::sought::{CLAIMS, RIGHT, Sought, point_at, sought};
use crate::lesson::scenario::{Cast, Change, Scenario, cast};

/// A point to be placed on the map.
#[derive(Clone)]
pub struct Spot {
    /// What makes it right.
    pub truth: Target,
    /// How far each coordinate may be off.
    pub within: f64,
}

/// What makes a point right.
#[derive(Clone)]
pub enum Target {
    /// It is where a run comes to.
    Lands(Sought),
    /// The learner's run, started there, does what is claimed; a point for which it does.
    StartsFor(Claim, Vec<f64>),
}

impl Answerable for Spot {
    type Given = Vec<f64>;
    const NAME: &'static str = "point";
    const KEYS: &'static [FormatKey] = &[
        REFUTE,
        BECAUSE,
        need("truth", RIGHT.0, "truth = { at = 1, quantity = \"x\" }", RIGHT.1),
        WITHIN,
        key("such_as", POINT, "a start that is right"),
    ];
    const DIGITS: usize = 4;
    const IS_QUOTED: bool = false;

    /// `truth = { at = 1, quantity = "x" }, within = 0.2`; or a claim on the run that starts there, with a point
    /// `such_as` meets it.
    fn read(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Self> {
        let (within, example) = (fields.get("within"), fields.get("such_as"));
        let truth = fields.get("truth")?;
        if truth.has_any(&CLAIMS) {
            starts_for(truth, within, example, scenario, desk)
        } else {
            lands(truth, within, example, scenario, desk)
        }
    }

    fn key(&self, cast: &mut Cast) -> Result<Vec<f64>, String> {
        match &self.truth {
            Target::Lands(sought) => point_at(sought, cast),
            Target::StartsFor(_, example) => Ok(example.clone()),
        }
    }

    fn score(&self, given: &Vec<f64>, key: &Vec<f64>) -> Score {
        let fits = |(given, right): (&f64, &f64)| (given - right).abs() <= self.within;
        let marks: Vec<bool> = given.iter().zip(key).map(fits).collect();
        let names = |wanted: bool| -> Vec<String> {
            let of = |(index, _): (usize, &bool)| format!("x{}", ["₁", "₂", "₃", "₄"].get(index).unwrap_or(&"ₙ"));
            marks.iter().enumerate().filter(|(_, mark)| **mark == wanted).map(of).collect()
        };
        let is_half = marks.contains(&true) && marks.contains(&false);
        let nearly = is_half.then(|| format!("{} fits, {} does not.", names(true).join(", "), names(false).join(", ")));
        Score::of(marks, nearly)
    }

    fn shown(&self, runs: &mut Cast) -> Option<bool> {
        let Target::StartsFor(claim, _) = &self.truth else { return None };
        Some(holds(claim, runs).unwrap_or(false))
    }

    fn words(&self, given: &Vec<f64>, digits: usize) -> String {
        match &given[..] {
            [only] => written(*only, digits),
            more => format!("({})", more.iter().map(|one| written(*one, digits)).collect::<Vec<_>>().join(", ")),
        }
    }

    fn recall(&self, kept: &str) -> Option<Vec<f64>> {
        coordinates::list(kept).ok()
    }

    fn told(&self, given: &Vec<f64>, key: &Vec<f64>, score: &Score, said: &str) -> String {
        let away = given.iter().zip(key).fold(0.0_f64, |away, (one, other)| away.hypot(one - other));
        if !score.is_right() {
            return format!("{said}: {} away.{}", short(away), score.remark());
        }
        if given.iter().zip(key).all(|(one, other)| is_same(*one, *other)) {
            return format!("{said}, and so it is.");
        }
        let each = if key.len() > 1 { " in each coordinate" } else { "" };
        let (said, words, within) = (lowered(said), self.key_words(given, key), short(self.within));
        format!("Close: {said}, it is {words}, {} away. Up to {within} off{each} counts as right.", short(away))
    }

    fn prove(&self, asked: &Asked<'_>, notes: &mut Notes<'_>) {
        match &self.truth {
            Target::StartsFor(claim, example) => prove_start(claim, example, asked, notes),
            Target::Lands(sought) => {
                if let Err(why) = point_at(sought, &mut asked.runs.clone()) {
                    unanswered("ask.truth", &why, notes);
                }
            }
        }
    }
}

fn starts_for(
    truth: &Value<'_>,
    within: Option<&Value<'_>>,
    example: Option<&Value<'_>>,
    scenario: Option<&Scenario>,
    desk: &mut Desk<'_>,
) -> Option<Spot> {
    if let Some(within) = within {
        desk.fault(&within.key, "a claim says itself how near is near enough", "take `within` out");
    }
    let claim = claim::claim(truth, scenario, desk);
    let Some(example) = example else {
        let cure = "add such_as = [1, 2], a point that is right";
        desk.fault(&truth.key, "nothing proves that there is such a start", cure);
        return None;
    };
    let dimension = scenario.map_or(2, |scenario| scenario.start.len());
    let example = start::start(example, dimension, desk)?;
    Some(Spot { truth: Target::StartsFor(claim?, example), within: 0.0 })
}

fn lands(
    truth: &Value<'_>,
    within: Option<&Value<'_>>,
    example: Option<&Value<'_>>,
    scenario: Option<&Scenario>,
    desk: &mut Desk<'_>,
) -> Option<Spot> {
    if let Some(example) = example {
        desk.fault(&example.key, "`such_as` belongs to a claim on a run that starts there", "take it out");
    }
    if !truth.raw.is_table() {
        return None;
    }
    let sought = truth.table().and_then(|fields| sought(fields, scenario, desk));
    let Some(within) = within else {
        desk.fault(&truth.key, "a point needs `within`", "add within = 0.2, in the units of x");
        return None;
    };
    let sought = sought?;
    if !matches!(&sought, Sought::Row { quantity, .. } if quantity.is_iterate()) {
        desk.fault(&truth.span, "a point is the `x` of a row", "write { at = 1, quantity = \"x\" }");
        return None;
    }
    Some(Spot { truth: Target::Lands(sought), within: within.number()? })
}

/// The example is right, and the start that is given is not.
fn prove_start(claim: &Claim, example: &[f64], asked: &Asked<'_>, notes: &mut Notes<'_>) {
    let does = |start: Option<&[f64]>| {
        let own =
            start.map(|start| Change { run: None, path: "start".into(), value: toml::Value::from(start.to_vec()) });
        let changes: Vec<Change> = asked.changes.iter().cloned().chain(own).collect();
        cast(asked.scenario, &changes).and_then(|mut runs| Ok((holds(claim, &mut runs)?, witness(claim, &mut runs))))
    };
    match does(Some(example)) {
        Err(why) => notes.error(
            "ask.truth",
            format!("the claim cannot be decided: {why}"),
            "`downhill trace` shows what there is",
        ),
        Ok((false, found)) => {
            let cure = found
                .map_or_else(|| "choose another".to_owned(), |found| format!("from there the trace says: {found}"));
            notes.error("ask.such_as", "the run from this start does not do what is asked", cure);
        }
        Ok((true, _)) if does(None).is_ok_and(|(holds, _)| holds) => {
            notes.error("ask.truth", "the start as given is right already", "give the scenario another start");
        }
        Ok(_) => {}
    }
}
