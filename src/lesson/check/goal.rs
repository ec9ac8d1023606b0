//! A goal is worth aiming for: not met already, met by its proof, and no lottery.

use crate::engine::number::counted;
use crate::engine::number::random::Generator;
use crate::engine::record::quantity::Quantity;
use crate::engine::rule::parameter::Domain;
use crate::engine::run::Run;
use crate::lesson::check::notes::Notes;
use crate::lesson::check::witness::{said, witness};
use crate::lesson::claim::predicate::{At, Claim, Condition};
use crate::lesson::claim::{first_row, holds, look_up};
use crate::lesson::scenario::{Cast, Change, Scenario, cast};
use crate::lesson::schema::{Goal, Page};

/// How many random settings are tried.
const DRAWS: usize = 200;
/// How many decades around its present value a positive setting is drawn from, on either side.
const DECADES: f64 = 2.0;
/// After this many iterations in all no more settings are drawn.
const MOST_STEPS: usize = 60_000;
/// The share of random settings that should meet a goal.
const FAIR: std::ops::RangeInclusive<f64> = 0.01..=0.5;

/// Proves the goal of a page.
pub fn check(page: &Page, scenario: &Scenario, notes: &mut Notes<'_>) {
    let Some(goal) = &page.goal else { return };
    let place = place(&goal.claim);
    match met(goal, scenario, &page.changes) {
        Ok((true, _)) if !goal.met_at_start => {
            let cure = "aim lower, or write met_at_start = true";
            notes.error(place, "the goal is met before anything is changed", cure);
        }
        Ok(_) => {}
        Err(why) => {
            return notes.error(
                place,
                format!("the goal cannot be decided: {why}"),
                "`downhill trace` shows what there is",
            );
        }
    }
    if let Some(solution) = page.solution.as_ref().filter(|solution| !solution.changes.is_empty()) {
        let changes = [&page.changes[..], &solution.changes[..]].concat();
        match met(goal, scenario, &changes) {
            Ok((true, _)) => {}
            Ok((false, mut cast)) => {
                notes.error("solution", "the solution does not meet the goal", missing(&goal.claim, &mut cast));
            }
            Err(why) => notes.error("solution", why, "choose other settings"),
        }
    }
    let proved = proof(page, goal, scenario, notes);
    lottery(page, goal, scenario, proved, notes);
}

/// The part of a goal to mark when it is at fault as a whole.
fn place(claim: &Claim) -> &'static str {
    match claim {
        Claim::Row(_) => "goal.quantity",
        Claim::First { .. } => "goal.first",
        Claim::All(_) => "goal.all",
        Claim::Any(_) => "goal.any",
        Claim::Not(_) => "goal.not",
    }
}

/// Whether a run with these changes meets the goal, and the runs.
fn met(goal: &Goal, scenario: &Scenario, changes: &[Change]) -> Result<(bool, Cast), String> {
    let mut cast = cast(scenario, changes)?;
    let met = holds(&goal.claim, &mut cast)?;
    Ok((met, cast))
}

/// Proves that the proof meets the goal within what the page allows; gives what it takes, as the goal counts.
fn proof(page: &Page, goal: &Goal, scenario: &Scenario, notes: &mut Notes<'_>) -> Option<f64> {
    if page.proof.is_empty() {
        if !goal.met_at_start {
            notes.error(
                place(&goal.claim),
                "nothing proves that the goal can be met",
                "add proof = { … } with settings that meet it",
            );
        }
        return None;
    }
    for change in page.proof.iter().filter(|change| !page.allows(&change.path)) {
        let message = format!("the proof changes `{}`, which `controls` does not allow", change.path);
        notes.error(&format!("proof.{}", change.path), message, "let the learner change it too, or prove it without");
    }
    let changes = [&page.changes[..], &page.proof[..]].concat();
    match met(goal, scenario, &changes) {
        Ok((true, mut cast)) => cost(goal, &mut cast),
        Ok((false, mut cast)) => {
            notes.error("proof", "the proof does not meet the goal", missing(&goal.claim, &mut cast));
            None
        }
        Err(why) => {
            notes.error("proof", why, "choose other settings");
            None
        }
    }
}

/// What a run lacks of a goal.
fn missing(claim: &Claim, cast: &mut Cast) -> String {
    let Claim::First { run, conditions, .. } = claim else {
        return witness(claim, cast)
            .map_or_else(|| "see `downhill trace`".into(), |found| format!("the trace says: {found}"));
    };
    let Some(index) = cast.index(run.as_ref()) else { return String::new() };
    let mut each = |condition: &Condition| {
        let first = first_row(std::slice::from_ref(condition), cast, index).ok().flatten();
        let when = first.map_or_else(|| "never".to_owned(), |t| format!("from t = {t}"));
        format!("{} {when}", said(condition))
    };
    let found: Vec<String> = conditions.iter().map(&mut each).collect();
    let never = if conditions.len() > 1 { ", and never all in one row" } else { "" };
    format!("the trace says: {}{never}", found.join(", "))
}

/// The evaluations of f, or the iterations, when the goal is met, if the goal says when that is.
fn cost(goal: &Goal, cast: &mut Cast) -> Option<f64> {
    let counted = Quantity::parse(if goal.claim.counts_evaluations() { "evaluations.value" } else { "iteration" });
    let (run, at) = match &goal.claim {
        Claim::First { run, conditions, .. } => {
            let index = cast.index(run.as_ref())?;
            let first = first_row(conditions, cast, index).ok()??;
            (run.as_ref(), At::Iteration(first))
        }
        Claim::Row(claim) => match claim.at {
            At::Iteration(_) | At::End => (claim.run.as_ref(), claim.at),
            At::Every | At::Some => return None,
        },
        Claim::All(_) | Claim::Any(_) | Claim::Not(_) => return None,
    };
    look_up(&counted.ok()?, run, at, cast).ok()?.number()
}

/// Tries random settings: warns if nearly none or most of them meet the goal, or none comes down to par.
fn lottery(page: &Page, goal: &Goal, scenario: &Scenario, proved: Option<f64>, notes: &mut Notes<'_>) {
    let Ok(settled) = cast(scenario, &page.changes) else { return };
    let Some(learner) = settled.runs.first() else { return };
    let paths: Vec<(String, Option<Domain>)> = learner
        .method()
        .paths()
        .into_iter()
        .map(|(path, parameter)| (path, Some(parameter.domain)))
        .chain([("start".to_owned(), None)])
        .filter(|(path, _)| page.allows(path))
        .collect();
    let (mut dice, mut draws, mut hits, mut steps) = (Generator::new(1), 0, 0, 0);
    let mut least = proved;
    while draws < DRAWS && steps < MOST_STEPS && !paths.is_empty() && notes.has_time() {
        let drawn = paths.iter().filter_map(|(path, domain)| {
            let value = match domain {
                Some(domain) => draw(*domain, &learner.method().get(path)?, &mut dice)?,
                None => draw_start(scenario, &mut dice)?,
            };
            Some(Change { run: None, path: path.clone(), value })
        });
        let changes: Vec<Change> = page.changes.iter().cloned().chain(drawn).collect();
        draws += 1;
        let Ok((met, mut cast)) = met(goal, scenario, &changes) else { continue };
        // A step among many coordinates counts as many.
        let weight = 1 + scenario.start.len().pow(2) / 100;
        steps += weight * cast.runs.iter().map(Run::iteration).sum::<usize>();
        if met {
            hits += 1;
            least = cost(goal, &mut cast).map(|cost| least.map_or(cost, |least| least.min(cost))).or(least);
        }
    }
    if !notes.has_time() {
        return;
    }
    let share = f64::from(hits) / draws.max(1) as f64;
    if draws > 0 && !FAIR.contains(&share) {
        let luck = if share < *FAIR.start() { "a lottery" } else { "too easy" };
        let message = format!("{hits} of {draws} random settings meet the goal: it is {luck}");
        notes.warning(place(&goal.claim), message, "aim so that between 1 % and 50 % of them do, or change `controls`");
    }
    if let (Some(par), Some(least)) = (goal.par, least)
        && least > par as f64
    {
        let least_told = counted(least as u64, goal.unit());
        let message = format!("par = {par} is out of reach: the best seen takes {least_told}");
        notes.warning("goal.par", message, format!("write par = {least}"));
    }
}

fn draw(domain: Domain, now: &toml::Value, dice: &mut Generator) -> Option<toml::Value> {
    Some(match domain {
        Domain::Positive | Domain::NotNegative => {
            toml::Value::Float(now.as_float()? * 10_f64.powf(dice.between(-DECADES, DECADES)))
        }
        Domain::Above(low) => {
            toml::Value::Float(low + (now.as_float()? - low) * 10_f64.powf(dice.between(-DECADES, DECADES)))
        }
        Domain::Fraction => toml::Value::Float(dice.between(0.0, 1.0).min(0.999)),
        Domain::Real => {
            let now = now.as_float()?;
            let spread = now.abs().max(1.0);
            toml::Value::Float(dice.between(now - spread, now + spread))
        }
        Domain::Whole(low, high) => {
            let now = now.as_integer()? as f64;
            let drawn = (now.max(1.0) * 10_f64.powf(dice.between(-1.0, 1.0))).round();
            domain.value(drawn.clamp(f64::from(low), f64::from(high)))
        }
        Domain::Vector | Domain::Text => return None,
        Domain::Between(low, high) | Domain::Within(low, high) => {
            let drawn = dice.between(low, high);
            toml::Value::Float(if domain.admits(drawn) { drawn } else { f64::midpoint(low, high) })
        }
        Domain::Flag => toml::Value::Boolean(dice.fraction() < 0.5),
        Domain::Word(words) => toml::Value::from(*dice.one_of(words)?),
    })
}

fn draw_start(scenario: &Scenario, dice: &mut Generator) -> Option<toml::Value> {
    let drawn: Vec<f64> = scenario.window.iter().map(|[low, high]| dice.between(*low, *high)).collect();
    (drawn.len() == scenario.start.len()).then(|| toml::Value::from(drawn))
}
