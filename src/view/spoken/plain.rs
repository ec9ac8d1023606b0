//! A lesson as linear text: what was just done, asked or opened, a paragraph each, for ears, pipes and logs.

use crate::app::answer::pair::Turn;
use crate::app::keymap::footer;
use crate::app::keymap::spoken;
use crate::app::keymap::state::State;
use crate::app::keymap::table;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::run::cursor::{self, Cursor};
use crate::app::seat::viewer::{Layer, Viewer};
use crate::engine::number::short;
use crate::engine::record::Beat;
use crate::engine::record::trial::Trial;
use crate::lesson::question::Ask;
use crate::lesson::question::grade;
use crate::view::page::page_text::{self, PageReader};
use crate::view::page::pair;
use crate::view::page::story;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::question;
use crate::view::question::posed::{AttemptShown, Columns};
use crate::view::spoken::aloud;
use crate::view::spoken::casting::casting;
use crate::view::spoken::speech::{Speech, WIDTH, plain};

/// The columns of the list of keys, which nobody reads as prose.
const LIST: usize = 79;

/// The columns of lines and cells, so that there is one list and not two side by side.
const ATTEMPT: usize = 54;

/// What was told before, so that only what is new is told next.
#[derive(Default)]
pub struct Heard {
    has_begun: bool,
    sitting: Option<Sitting>,
    layer: Layer,
    /// What the page said of the answer or the goal.
    verdict: String,
    /// What was said of whose turn it is.
    turn: Vec<String>,
    panel: usize,
    chosen: usize,
    /// What the keys meant, and whether a hint was open.
    keys: Option<(State, bool)>,
}

/// Tells what has changed since the last time, as paragraphs; an empty text where nothing can be told.
pub fn tell(session: &Session, viewer: &Viewer, heard: &mut Heard) -> String {
    let mut speech = Speech { theme: Theme::of(viewer.look), said: Vec::new() };
    if let Some(notice) = &viewer.notice {
        speech.say(notice);
    }
    let page = heard.sitting.as_ref().map(|before| before.page);
    match &session.sitting {
        None => at_home(session, viewer, heard, &mut speech),
        Some(sitting) => {
            let before = heard.sitting.take().filter(|before| before.lesson.id == sitting.lesson.id);
            in_lesson(session, sitting, before.as_ref(), &mut speech);
            on_page(&Listener { session, sitting, viewer }, before.as_ref(), heard, &mut speech);
        }
    }
    aloud::on_top(session, viewer, &heard.layer, &mut speech);
    let is_asked_for = |sitting: &&Sitting| page == Some(sitting.page) && heard.panel != viewer.panel;
    if let Some(sitting) = session.sitting.as_ref().filter(is_asked_for) {
        aloud::panel(sitting, viewer, &mut speech);
    }
    heard.panel = viewer.panel;
    what_to_type(session, viewer, heard, &mut speech);
    heard.has_begun = true;
    heard.sitting.clone_from(&session.sitting);
    heard.layer = viewer.layer.clone();
    speech.said.join("\n")
}

fn at_home(session: &Session, viewer: &Viewer, heard: &mut Heard, speech: &mut Speech) {
    let is_new = heard.sitting.is_some() || !heard.has_begun;
    let (entries, chosen) = (session.entries(), session.chosen(&viewer.list));
    if is_new {
        let ready = spoken::ready(session);
        speech.say("downhill: learn numerical optimization one step at a time. These lessons are here:");
        speech.numbered(ready.iter().map(|index| {
            let entry = entries[*index];
            let number = session.number_of(&entry.id).unwrap_or_default();
            format!("{number} {} ({})", entry.title, entry.id)
        }));
        let more = match entries.len() - ready.len() {
            0 => String::new(),
            1 => "1 more is to come. ".into(),
            more => format!("{more} more are to come. "),
        };
        speech.say(&format!("{more}Type the number of a lesson to open it, q to leave."));
    } else if heard.chosen != chosen
        && let Some(entry) = session.chosen_entry(&viewer.list)
    {
        let state = if entry.planned { " (to come)" } else { "" };
        speech.say(&format!("Chosen: {}{state}. {}", entry.title, entry.summary));
    }
    heard.chosen = chosen;
}

/// The lesson's title, the page, its runs, and the beats that went by.
fn in_lesson(session: &Session, sitting: &Sitting, before: Option<&Sitting>, speech: &mut Speech) {
    if before.is_none() {
        let number = session.number_of(&sitting.lesson.id).map_or(String::new(), |number| format!("{number} "));
        speech.say(&format!("Lesson {number}{}", sitting.lesson.title.as_str()));
    }
    let is_new_page = before.is_none_or(|before| before.page != sitting.page);
    if is_new_page {
        let title = sitting.page().title.as_ref().map_or(String::new(), |title| format!(": {}", title.as_str()));
        speech.part();
        speech.say(&format!("Page {} of {}{title}", sitting.page + 1, sitting.lesson.pages.len()));
        speech.say(sitting.page().text.as_str());
    }
    let was_proof = before.map(|before| before.proof().is_some());
    match (was_proof, sitting.proof().is_some()) {
        (Some(false), true) => speech.say("A run of its own, to show the point. esc brings you back to the lesson."),
        (Some(true), false) => speech.say("Back in the lesson."),
        _ => {}
    }
    let cast = casting(sitting);
    let is_recast = before.is_none_or(|before| casting(before) != cast);
    if is_recast {
        for line in &cast {
            speech.say(line);
        }
    }
    let is_same_run = !is_new_page && !is_recast && was_proof == Some(sitting.proof().is_some());
    match before {
        Some(before) if is_same_run && before.cursor == sitting.cursor => {}
        Some(before) if is_same_run && before.cursor < sitting.cursor => went_by(before, sitting, speech),
        _ => beat(sitting, OnTheWay::Last, None, speech),
    }
}

/// Every beat of up to one iteration; of a longer stretch how long it was, and its last beat.
fn went_by(before: &Sitting, sitting: &Sitting, speech: &mut Speech) {
    let steps = sitting.cursor.t - before.cursor.t;
    if steps > 1 {
        let value = |sitting: &Sitting| short(sitting.cast.runs[0].here().value);
        let (from, to) = (value(before), value(sitting));
        speech.say(&format!("{steps} iterations go by, to t = {}: f was {from} and is {to}.", sitting.cursor.t));
        return beat(sitting, OnTheWay::Last, None, speech);
    }
    let mut walker = before.clone();
    let mut heard = story::tell_compared(&walker);
    while walker.cursor < sitting.cursor && cursor::forward(&mut walker.cast, &mut walker.cursor) {
        let place = if walker.cursor >= sitting.cursor { OnTheWay::Last } else { OnTheWay::Passed };
        beat(&walker, place, heard.as_ref(), speech);
        heard = story::tell_compared(&walker);
    }
}

/// Where a beat stands among those that are told at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnTheWay {
    Passed,
    Last,
}

/// The sentence of a beat with what it costs to see it in numbers; with what comes next, if it is the last one told. Below
/// it that of the scenario that is compared, unless it was `heard`: its step may have fewer beats.
fn beat(sitting: &Sitting, place: OnTheWay, heard: Option<&String>, speech: &mut Speech) {
    let told = story::tell(sitting);
    let mut text = told.now;
    if sitting.cursor == (Cursor { t: sitting.cursor.t, beat: 0 }) && sitting.beat() == Beat::Here {
        text = format!("t = {}. {text}", sitting.cursor.t);
    }
    if let Beat::Trial(index) = sitting.beat()
        && let Ok(step) = sitting.cast.runs[0].peek()
        && let Some(margin) = step.trials.get(index).and_then(Trial::decrease)
        && !margin.holds()
    {
        text = format!("{text} The margin is {}.", short(margin.slack()));
    }
    if place == OnTheWay::Last {
        rivals(sitting, &mut text);
        text = format!("{text} {}", told.next);
    }
    speech.say(text.trim_end());
    if let Some(sentence) = story::tell_compared(sitting).filter(|sentence| heard != Some(sentence)) {
        speech.say(&sentence);
    }
}

/// Where the other runs are, and what all have cost, between two iterations.
fn rivals(sitting: &Sitting, text: &mut String) {
    if sitting.cursor.beat > 0 && sitting.beat() != Beat::End || sitting.cast.runs.len() < 2 {
        return;
    }
    let counts = sitting.is_revealed("evaluations") && sitting.open_question().is_none();
    for (name, run) in sitting.cast.names.iter().zip(&sitting.cast.runs) {
        let cost = if counts { format!(", evaluations of f {}", run.calls().value) } else { String::new() };
        let (name, t, value) = (name.as_str(), run.iteration(), short(run.here().value));
        *text = format!("{text} Run {name}: t = {t}, f = {value}{cost}.");
    }
}

/// Who listens to what.
struct Listener<'a> {
    session: &'a Session,
    sitting: &'a Sitting,
    viewer: &'a Viewer,
}

/// The question as it opens, and what became of the answer and the goal.
fn on_page(listener: &Listener<'_>, before: Option<&Sitting>, heard: &mut Heard, speech: &mut Speech) {
    let Listener { session, sitting, viewer } = *listener;
    let was_open = before.is_some_and(|before| before.page == sitting.page && before.open_question().is_some());
    if let Some(ask) = sitting.open_question() {
        if !was_open {
            heard.verdict.clear();
            heard.turn.clear();
            speech.part();
            speech.say(&format!("Question: {}", ask.question.as_str()));
            for line in question::kind(ask, None).invites(sitting.cast.runs[0].start().len()) {
                speech.say(&line);
            }
        }
        let is_tried = before.is_some_and(|before| before.record().tried != sitting.record().tried);
        if let Some((given, grade)) = sitting.record().tried.as_ref().filter(|_| is_tried) {
            let nearly = grade.score.nearly.as_deref().unwrap_or("That is not right yet.");
            let refute = grade::refutation(ask, given, grade).map_or("", |refute| refute.as_str());
            speech.say(&format!("{nearly} {refute}"));
        }
        to_two(listener, ask, heard, speech);
        attempt(sitting, viewer, ask, heard, speech);
        return;
    }
    if !matches!(viewer.layer, Layer::Run) || sitting.proof().is_some() {
        return;
    }
    let pair = session.pair.as_ref();
    let content = page_text::content(&PageReader { sitting, viewer, pair, theme: speech.theme, width: WIDTH });
    let lines = content.lines.iter().filter(|(_, ink)| *ink != Ink::Dim);
    // The prose was told with the page; an outcome speaks in the ink of prose, but then there is no prose.
    let lines = lines.filter(|(_, ink)| sitting.is_outcome_seen() || *ink != Ink::Text);
    let verdict: Vec<String> = lines.map(|(line, _)| plain(line, speech.theme)).collect();
    let verdict = verdict.join("\n");
    if verdict != heard.verdict && !verdict.is_empty() {
        speech.said.push(verdict.clone());
    }
    heard.verdict = verdict;
}

/// Whose turn it is of two, whenever that changes.
fn to_two(listener: &Listener<'_>, ask: &Ask, heard: &mut Heard, speech: &mut Speech) {
    let Listener { session, sitting, viewer } = *listener;
    let Some(pair) = &session.pair else { return heard.turn.clear() };
    let mut lines: Vec<String> = pair::asked(pair, sitting, ask).into_iter().map(|(line, _)| line).collect();
    if matches!(pair.turn(sitting), Some(Turn::First(..))) {
        lines.push("What is typed stays to be read above: who looks away looks only at what comes later.".into());
    }
    if lines != heard.turn && matches!(viewer.layer, Layer::Run) {
        for line in &lines {
            speech.say(line);
        }
        heard.turn = lines;
    }
}

/// What there is to answer with, and what was put into it, whenever that changes.
fn attempt(sitting: &Sitting, viewer: &Viewer, ask: &Ask, heard: &mut Heard, speech: &mut Speech) {
    let Some(attempt) = viewer.attempt(sitting) else { return };
    let AttemptShown { note, lines } =
        question::kind(ask, Some(&attempt)).shown(Columns { theme: speech.theme, width: ATTEMPT });
    let lines: Vec<String> = lines.iter().map(|line| plain(line, speech.theme)).collect();
    // The pointer is for keys that stand at a line.
    let told = format!("{}\n{note}", lines.join("\n")).replace(speech.theme.symbol(Mark::Pointer), " ");
    if told != heard.verdict {
        speech.said.push(told.trim_end().to_owned());
    }
    heard.verdict = told;
}

/// Which keys do something, as often as that changes.
fn what_to_type(session: &Session, viewer: &Viewer, heard: &mut Heard, speech: &mut Speech) {
    let state = table::state(session, viewer);
    let now = Some((state, matches!(viewer.layer, Layer::Hint(_))));
    if std::mem::replace(&mut heard.keys, now) == now || matches!(state, State::Home | State::Help | State::Terms) {
        return;
    }
    let entries = footer::footer(session, viewer);
    let confirms = matches!(state, State::Why | State::Settings | State::GoTo);
    let typed = |key: &'static str| match key {
        "Enter" if confirms => "Enter",
        "→" if confirms => "right",
        other => spoken::name(other),
    };
    // A line that is typed ends with Enter by itself.
    let is_own = |entry: &&(&str, String)| !(state == State::Answering && entry.0 == "Enter" && entry.1 != "answer");
    let keys: Vec<String> =
        entries.iter().filter(is_own).map(|(key, words)| format!("{}: {words}", typed(key))).collect();
    if !keys.is_empty() {
        speech.say_within(&format!("[{}]", keys.join(", ")), LIST);
    }
}
