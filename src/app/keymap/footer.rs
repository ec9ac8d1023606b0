//! The last row: which keys do something now, and in which words.

use crate::app::act::message::Message;
use crate::app::answer::attempt::Attempt;
use crate::app::keymap::binding::{Binding, Words};
use crate::app::keymap::state::State::{self, Answering, Confidence, Done, Hint, Looking, Why};
use crate::app::keymap::table::{can_answer, rows, state};
use crate::app::room::errand::Standing;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::rules::permit::permit;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::engine::record::Beat;
use crate::lesson::question::Kind;
use crate::lesson::schema::Grain;

/// The footer: keys and what they do now, the most useful first.
pub fn footer(session: &Session, viewer: &Viewer) -> Vec<(&'static str, String)> {
    let state = state(session, viewer);
    let mut entries: Vec<(&'static str, String)> = Vec::new();
    if state != Hint && state != Why && can_answer(session, state) {
        entries.push((answer_keys(session), "answer".into()));
    }
    if state == Confidence {
        entries.push(("1", "guess".into()));
        entries.push(("2", "think so".into()));
        entries.push(("3", "sure".into()));
    }
    if is_finished(session, state) {
        entries.push(("q", "leave the lesson".into()));
    }
    if state == Answering {
        entries.extend(ways(session, viewer));
    }
    if state == Looking {
        entries.push(("← → ↑ ↓", "move".into()));
    }
    let aims = session.sitting.as_ref().is_some_and(|sitting| sitting.page().goal.is_some());
    // The ways out stand last, wherever they stand in the table.
    let is_way_out = |binding: &&Binding| matches!(binding.message, Message::Lower | Message::Quit | Message::Help);
    let (out, on): (Vec<&Binding>, Vec<&Binding>) =
        rows().filter(|binding| binding.footer.contains(&state)).partition(is_way_out);
    for binding in on.into_iter().chain(out) {
        let words = match binding.words {
            Words::Fixed(words) => words.to_owned(),
            Words::Next => next_words(session),
            Words::Controls => controls_words(session),
            Words::Cards => cards_words(session, state),
            Words::Hints => hints_words(session, viewer),
            Words::Start => start_words(viewer),
            Words::Question => question_words(session),
            Words::Return => return_words(session, viewer),
            Words::Leave if matches!(viewer.layer, Layer::Hint(_)) => "close".into(),
            Words::Leave => "look around".into(),
            Words::Review => format!("review {}", session.due().len()),
            Words::Confirm => confirm_words(session, viewer),
            Words::TakeBack => attempt_words(session, viewer, "take back", |attempt| !is_moved(attempt)),
            Words::Finer => attempt_words(session, viewer, "finer", is_moved),
        };
        if !words.is_empty() && permit(binding.message, session, viewer).is_ok() {
            // A goal is met by what is changed: that comes right after the way on.
            let is_early = aims && matches!(binding.words, Words::Controls);
            let place = if is_early { entries.len().min(1) } else { entries.len() };
            entries.insert(place, (binding.key.label(), words));
        }
    }
    entries
}

/// Whether the last page is done, so that nothing follows but the way out.
fn is_finished(session: &Session, state: State) -> bool {
    let is_last = |sitting: &Sitting| sitting.proof().is_none() && sitting.page + 1 == sitting.lesson.pages.len();
    state == Done && session.waiting.is_empty() && session.sitting.as_ref().is_some_and(is_last)
}

fn answer_keys(session: &Session) -> &'static str {
    let ask = session.sitting.as_ref().and_then(|sitting| sitting.open_question());
    let count = match ask.map(|ask| &ask.kind) {
        Some(Kind::Choose(options)) => options.len(),
        _ => 4,
    };
    match count {
        2 => "1-2",
        3 => "1-3",
        _ => "1-4",
    }
}

/// What the slide says, if this page has something to say to it.
fn cards_words(session: &Session, state: State) -> String {
    let Some(sitting) = session.sitting.as_ref().filter(|sitting| sitting.proof().is_none()) else {
        return String::new();
    };
    let words = match (sitting.page().why.len(), state) {
        (0, _) | (1, Why) => "",
        (_, Why) => "next card",
        _ => "why",
    };
    words.into()
}

/// Whether this page has a further hint.
fn hints_words(session: &Session, viewer: &Viewer) -> String {
    let count = session.sitting.as_ref().map_or(0, |sitting| sitting.page().hints.len());
    let words = match viewer.layer {
        Layer::Hint(level) if level + 1 < count => "next hint",
        Layer::Hint(_) => "a solution",
        _ => "hint",
    };
    words.into()
}

/// Whether the start may move.
fn start_words(viewer: &Viewer) -> String {
    let may_move = matches!(&viewer.layer, Layer::Settings(draft) if draft.allows_start());
    if may_move { "move start" } else { "" }.into()
}

/// How an answer that takes more than one key is made.
fn ways(session: &Session, viewer: &Viewer) -> Option<(&'static str, String)> {
    let attempt = viewer.attempt(session.sitting.as_ref()?)?;
    attempt.making().ways().map(|(keys, words)| (keys, words.into()))
}

/// What Enter does to an answer that is being made.
fn confirm_words(session: &Session, viewer: &Viewer) -> String {
    let attempt = session.sitting.as_ref().and_then(|sitting| viewer.attempt(sitting));
    attempt.map_or("answer", |attempt| attempt.making().confirms()).into()
}

/// Whether a question waits for more than one key.
fn question_words(session: &Session) -> String {
    let ask = session.sitting.as_ref().and_then(|sitting| sitting.open_question());
    let waits = ask.is_some_and(|ask| !matches!(ask.kind, Kind::Choose(_)));
    if waits { "answer" } else { "" }.into()
}

/// Whether it is a point that arrows move, and not one that is being typed.
fn is_moved(attempt: &Attempt) -> bool {
    attempt.making().is_on_map() && attempt.making().typed().is_empty()
}

/// What Esc comes back to from a proof, a solution or a zoomed panel; a sandbox says so in its box.
fn return_words(session: &Session, viewer: &Viewer) -> String {
    let leads_back =
        |sitting: &Sitting| sitting.proof().is_some() || !session.waiting.is_empty() && !sitting.is_sandbox();
    let word = match (viewer.is_zoomed, session.sitting.as_ref().is_some_and(leads_back)) {
        (true, _) => "all panels",
        (false, true) => "return",
        (false, false) => "",
    };
    word.into()
}

/// Words that fit some attempts only.
fn attempt_words(session: &Session, viewer: &Viewer, words: &str, fits: fn(&Attempt) -> bool) -> String {
    let attempt = session.sitting.as_ref().and_then(|sitting| viewer.attempt(sitting));
    if attempt.as_ref().is_some_and(fits) { words } else { "" }.into()
}

/// What → does next, in words.
pub(in crate::app) fn next_words(session: &Session) -> String {
    let Some(sitting) = &session.sitting else { return String::new() };
    let is_last = sitting.page + 1 == sitting.lesson.pages.len();
    if sitting.standing() == Standing::Done && sitting.proof().is_none() {
        return if is_last { "finish" } else { "next page" }.into();
    }
    if sitting.is_told_next() {
        return "the answer".into();
    }
    if sitting.is_over() {
        return String::new();
    }
    let word = match (sitting.grain_here(), sitting.story().get(sitting.cursor.beat + 1)) {
        (Grain::Run, _) => "run",
        (Grain::Iteration, _) => "next step",
        (Grain::SubStep, Some(Beat::Trial(_))) => "next trial",
        (Grain::SubStep, Some(Beat::Direction)) => "direction",
        (Grain::SubStep, Some(Beat::Memory)) => "memory",
        (Grain::SubStep, Some(Beat::Own(own))) => own.name,
        (Grain::SubStep, Some(Beat::StepSize)) => "step size",
        (Grain::SubStep, Some(Beat::Move)) => "move",
        (Grain::SubStep, Some(Beat::End)) => "ending",
        (Grain::SubStep, Some(Beat::Here) | None) => "next iterate",
    };
    word.into()
}

/// The words for a control that is no parameter: a half of the method, or the start.
fn of_half(path: &str) -> &'static str {
    match path.split('.').next() {
        Some("direction") => "direction",
        Some("step_size") => "step size",
        _ => "start",
    }
}

/// Which settings there are to change, by their symbols.
pub(in crate::app) fn controls_words(session: &Session) -> String {
    let Some(sitting) = &session.sitting else { return String::new() };
    let method = sitting.cast.runs[0].method();
    match &sitting.page().controls {
        Some(controls) if controls.is_empty() => String::new(),
        Some(controls) if controls.len() <= 2 => {
            let symbol = |path: &String| {
                method
                    .paths()
                    .into_iter()
                    .find(|(known, _)| known == path)
                    .map_or_else(|| of_half(path), |(_, parameter)| parameter.symbol)
            };
            let symbols: Vec<&str> = controls.iter().map(symbol).collect();
            format!("change {}", symbols.join(", "))
        }
        _ => "change".into(),
    }
}
