//! What a typed line means where there are no single key presses: keys, an answer, a setting, a lesson.

use crate::app::act::message::Message;
use crate::app::key::press::{Input, Key, script};
use crate::app::keymap::field::{self, reaches_answer};
use crate::app::keymap::state::State;
use crate::app::keymap::table;
use crate::app::room::session::Session;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::draft::Draft;
use crate::app::settings::row::{Setting, What};
use crate::engine::number::coordinates;
use crate::engine::number::counted;
use crate::engine::number::numeral;
use crate::engine::rule::parameter::Domain;
use crate::lesson::file::read::spelling::nearest;
use crate::lesson::question::Kind;
use crate::lesson::question::number::Measure;

/// Words that stand for keys, beside the names of the keys themselves; a character that is bound stands for itself.
const WORDS: &[(&str, &str)] = &[
    ("next", "<right>"),
    ("b", "<left>"),
    ("back", "<left>"),
    ("whole", "<enter>"),
    ("up", "<up>"),
    ("down", "<down>"),
    ("left", "<left>"),
    ("right", "<right>"),
    ("enter", "<enter>"),
    ("bs", "<bs>"),
    ("backspace", "<bs>"),
    ("tab", "<tab>"),
    ("esc", "<esc>"),
    ("hint", "h"),
    ("why", "w"),
    ("help", "?"),
    ("terms", "t"),
    ("end", "E"),
    ("again", "r"),
    ("quit", "q"),
    ("exit", "q"),
];

/// What a line means, in the state at hand.
#[derive(Debug, Clone, PartialEq)]
pub enum Utterance {
    /// Keys, one after the other.
    Keys(Vec<Key>),
    /// The row of this place in the settings gets a value, and the settings take effect.
    Set(usize, String),
    /// The open question is answered with a number or a point.
    Answer(String),
    /// To the iteration that is written so.
    GoTo(String),
    /// The lesson at this place of the list is opened.
    Open(usize),
    /// Two learn, with these names.
    Names(String),
    /// The terms, narrowed to a word.
    Terms(String),
}

/// What a line means, in the state at hand; or why it means nothing.
///
/// An empty line goes on. `NAME = VALUE` changes a setting. At home a number or a lesson's name opens it.
pub fn said(line: &str, session: &Session, viewer: &Viewer) -> Result<Utterance, String> {
    let line = line.trim();
    let state = table::state(session, viewer);
    if line.is_empty() {
        match state {
            State::Confidence => return Err("Say first how sure you are, with its number.".into()),
            State::Answering => return Err("The question waits for its answer.".into()),
            _ => {}
        }
        let confirms = matches!(state, State::Home | State::Why | State::Settings | State::GoTo);
        return Ok(Utterance::Keys(vec![if confirms { Key::ENTER } else { Key::RIGHT }]));
    }
    if let Some(said) = answer(line, state, session, viewer).or_else(|| number(line, state, viewer)) {
        return said;
    }
    if state == State::Pair && line.contains(',') {
        return Ok(Utterance::Names(line.to_owned()));
    }
    if state == State::Answering && (line == "next" || line == "right") {
        return Err("The question waits for its answer.".into());
    }
    if let Some((name, value)) = line.split_once('=') {
        return setting(name.trim(), value.trim(), session, viewer);
    }
    if state == State::Home
        && let Some(said) = lesson(line, session)
    {
        return said.map(Utterance::Open);
    }
    if let Some(("terms", about)) = line.split_once(' ')
        && state != State::Terms
    {
        return Ok(Utterance::Terms(about.trim().to_owned()));
    }
    let mut keys = Vec::new();
    for word in line.split_whitespace() {
        for key in pressed(word)? {
            if table::dispatch(session, viewer, key).is_some_and(Message::is_of_picture) {
                let shown = key.to_string();
                return Err(format!("The key {shown} changes the picture only, and plain text has none."));
            }
            keys.push(key);
        }
    }
    Ok(Utterance::Keys(keys))
}

/// An answer to the open question, in place of what was typed before; `None` for a line that is no answer, or where no
/// question takes one. A number or a point that cannot be read is refused.
fn answer(line: &str, state: State, session: &Session, viewer: &Viewer) -> Option<Result<Utterance, String>> {
    let sitting = session.sitting.as_ref()?;
    let ask = sitting.open_question().filter(|_| state == State::Answering || reaches_answer(session, state))?;
    let attempt = viewer.attempt(sitting)?;
    let is_point = attempt.making().is_on_map() && coordinates::list(line).is_ok();
    if !is_point && !line.starts_with(numeral::begins) {
        return None;
    }
    if let Some(keys) = attempt.making().keys(line) {
        return Some(Ok(Utterance::Keys(keys)));
    }
    let unit = match &ask.kind {
        Kind::Number(Measure { unit: Some(unit), .. }) => unit.as_str(),
        _ => "",
    };
    let text = line.strip_suffix(unit).map_or(line, str::trim_end);
    let mut typed = attempt.clone();
    typed.making_mut().retype(text);
    Some(typed.making_mut().finish().map(|_| Utterance::Answer(field::typeable(text).into_owned())))
}

/// A number for the field that is open, or an iteration to go to; `None` for a line that is no number.
fn number(line: &str, state: State, viewer: &Viewer) -> Option<Result<Utterance, String>> {
    let to = line.strip_prefix('g').filter(|_| !matches!(state, State::Settings | State::GoTo)).map(str::trim);
    if let Some(t) = to.filter(|t| t.starts_with(numeral::begins)) {
        return Some(numeral::count(t).map(|_| Utterance::GoTo(t.to_owned())));
    }
    match &viewer.layer {
        _ if !line.starts_with(numeral::begins) => None,
        Layer::GoTo(_) => Some(Ok(Utterance::GoTo(field::typeable(line).into_owned()))),
        Layer::Settings(draft) if state == State::Settings => {
            Some(Ok(Utterance::Set(draft.selected, field::typeable(line).into_owned())))
        }
        _ => None,
    }
}

/// The keys of one word: a word for a key, a name in angle brackets, or characters one by one.
fn pressed(word: &str) -> Result<Vec<Key>, String> {
    let token = WORDS.iter().find(|(known, _)| *known == word).map_or(word, |(_, token)| token);
    let is_typed = token.starts_with('<') || token.chars().count() == 1 || !token.chars().all(char::is_alphabetic);
    let cues = script(token).ok().filter(|_| is_typed).unwrap_or_default();
    let keys: Option<Vec<Key>> =
        cues.into_iter().map(|cue| if let Input::Key(key) = cue.input { Some(key) } else { None }).collect();
    keys.filter(|keys| !keys.is_empty()).ok_or_else(|| format!("\"{word}\" is no key; ? lists them"))
}

/// How a key of the footer is typed in a line.
pub fn name(shown: &str) -> &str {
    match shown {
        "→" => "Enter",
        "←" => "b",
        "↑" => "up",
        "↓" => "down",
        "Enter" => "whole",
        "Tab" => "tab",
        "Esc" => "esc",
        "Backspace" => "bs",
        "← →" => "left, right",
        "← → ↑ ↓" => "left, right, up, down",
        other => other,
    }
}

/// The lessons that can be opened, as indices into the list.
pub fn ready(session: &Session) -> Vec<usize> {
    let entries = session.entries().into_iter().enumerate();
    entries.filter(|(_, entry)| !entry.planned).map(|(index, _)| index).collect()
}

/// The place in the list of a lesson that is named by its number among those that can be opened, by its place, or by its name.
fn lesson(line: &str, session: &Session) -> Option<Result<usize, String>> {
    let ready = ready(session);
    let entries = session.entries();
    let is_named = |index: &usize| {
        let id = &entries[*index].id;
        id == line || session.number_of(id) == Some(line.replace(',', "."))
    };
    let number = numeral::count(line).ok().and_then(|number| usize::try_from(number).ok());
    let wanted = match (ready.iter().copied().find(is_named), number) {
        (Some(index), _) => index,
        (None, Some(number)) => {
            let is = if ready.len() == 1 { "is" } else { "are" };
            let refusal = || format!("There {is} {} to open.", counted(ready.len() as u64, "lesson"));
            match number.checked_sub(1).and_then(|number| ready.get(number)).ok_or_else(refusal) {
                Ok(index) => *index,
                Err(refusal) => return Some(Err(refusal)),
            }
        }
        // A shorter word is meant for a key.
        (None, None) if line.len() < 5 => return None,
        (None, None) => {
            let meant = nearest(line, ready.iter().map(|index| entries[*index].id.as_str()))?;
            return Some(Err(format!("There is no lesson \"{line}\": did you mean \"{meant}\"?")));
        }
    };
    Some(Ok(wanted))
}

/// The row of a setting that is named, with the value that it gets.
fn setting(name: &str, value: &str, session: &Session, viewer: &Viewer) -> Result<Utterance, String> {
    let Some(sitting) = &session.sitting else { return Err("There is nothing to set here.".into()) };
    let rows = match &viewer.layer {
        Layer::Settings(draft) => draft.rows(),
        _ => Draft::of(sitting).rows(),
    };
    let Some((at, row)) = rows.iter().enumerate().find(|(_, row)| is_named(row, name, viewer)) else {
        let names: Vec<String> = rows.iter().map(spoken).collect();
        return Err(match names.len() {
            0 => "This page has nothing to change.".into(),
            _ => format!("There is no setting \"{name}\" here; there are {}.", names.join(", ")),
        });
    };
    fits(row, value)?;
    let value = if row.is_written() { value.to_owned() } else { field::typeable(value).into_owned() };
    Ok(Utterance::Set(at, value))
}

/// Every name that a row goes by, the one that a line uses first.
fn names(row: &Setting) -> Vec<String> {
    let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
    match &row.what {
        What::Objective => vec!["objective".into(), row.symbol.clone()],
        What::Rule(half) => vec![half.key().to_owned(), format!("{}.rule", half.key()), row.symbol.clone()],
        What::Parameter(path, _) => vec![last(path), path.clone(), row.symbol.clone()],
        What::Coordinate(index) => vec![format!("x{}", index + 1)],
    }
}

/// Whether a row goes by that name, its symbol as the viewer's notation writes it among them.
fn is_named(row: &Setting, name: &str, viewer: &Viewer) -> bool {
    names(row).iter().any(|known| known == name) || viewer.look.notation.write(&row.symbol) == name
}

/// The name by which a line sets a row.
pub fn spoken(row: &Setting) -> String {
    names(row).swap_remove(0)
}

/// Refuses a value that a row cannot have.
fn fits(row: &Setting, value: &str) -> Result<(), String> {
    let is_one_of = |words: &[String]| {
        let refused = || format!("{} cannot be {value}: it takes {}", spoken(row), row.range);
        if words.iter().any(|word| word == value) { Ok(()) } else { Err(refused()) }
    };
    match &row.what {
        What::Parameter(_, Domain::Word(words)) => {
            is_one_of(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        }
        What::Parameter(_, Domain::Flag) => is_one_of(&["true".into(), "false".into()]),
        What::Rule(half) => is_one_of(&half.names()),
        _ if row.is_written() => Ok(()),
        What::Coordinate(_) if coordinates::is_list(value) => coordinates::list(value).map(drop),
        _ => numeral::number(value).map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::classroom::Classroom;
    use crate::app::look::appearance::Look;
    use crate::app::room::sitting::Sitting;
    use crate::lesson::course::library;

    fn at_lesson(id: &str) -> (Session, Viewer) {
        let sitting = library::open(id).and_then(Sitting::open).unwrap();
        (Session::single(sitting), Viewer::new((80, 24), Look::default()))
    }

    /// Keys as a script writes them, everything else as it is.
    fn tokens(line: &str, session: &Session, viewer: &Viewer) -> String {
        match said(line, session, viewer) {
            Ok(Utterance::Keys(keys)) => keys.iter().map(Key::token).collect::<Vec<_>>().join(" "),
            Ok(said) => format!("{said:?}"),
            Err(why) => format!("! {why}"),
        }
    }

    #[test]
    fn a_line_is_keys_words_or_names() {
        let (session, viewer) = at_lesson("backtracking");
        for (line, wanted) in [
            ("", "<right>"),
            ("  ", "<right>"),
            ("3", "3"),
            ("b", "<left>"),
            ("h  w", "h w"),
            ("next next 2", "<right> <right> 2"),
            ("whole", "<enter>"),
            ("<tab>", "<tab>"),
            ("g 12", "GoTo(\"12\")"),
            ("g12", "GoTo(\"12\")"),
            ("g 1e3", "GoTo(\"1e3\")"),
            ("g 1,5", "! `1,5` is no whole number: write 0, 1, 2 and so on."),
            ("g", "g"),
            ("E", "E"),
            ("?", "?"),
            ("quit", "q"),
            ("nonsense", "! \"nonsense\" is no key; ? lists them"),
            ("<tick>", "! \"<tick>\" is no key; ? lists them"),
        ] {
            assert_eq!(tokens(line, &session, &viewer), wanted, "{line}");
        }
    }

    #[test]
    fn a_setting_is_found_by_any_of_its_names() {
        let (session, viewer) = at_lesson("backtracking");
        for name in ["initial", "step_size.initial", "α_init"] {
            let typed = tokens(&format!("{name} = 0.1"), &session, &viewer);
            assert!(typed.starts_with("Set(") && typed.ends_with(", \"0.1\")"), "{typed}");
        }
        for (line, value) in [("x2 = -1e0", "-1e0"), ("x2 = −1/3", "−1/3"), ("initial = 0,5", "0,5")] {
            assert!(tokens(line, &session, &viewer).ends_with(&format!(", {value:?})")), "{line}");
        }
        for (line, why) in [("initial = much", "`much` is no number"), ("speed = 3", "There is no setting \"speed\"")] {
            let said = tokens(line, &session, &viewer);
            assert!(said.contains(why), "{said}");
        }
    }

    #[test]
    fn a_setting_that_was_typed_takes_effect() {
        let (mut session, viewer) = at_lesson("fixed-step");
        session.sitting.as_mut().unwrap().is_unlocked = true; // this page asks
        let mut room = Classroom::new(session);
        room.join(viewer.size, viewer.look);
        for line in ["alpha = 0.05", "α = 0.025"] {
            let said = said(line, &room.session, &room.viewers[&1]).unwrap();
            room.say(1, said);
        }
        let run = &room.session.sitting.as_ref().unwrap().cast.runs[0];
        assert_eq!(run.method().get("step_size.alpha"), Some(toml::Value::Float(0.025)));
    }

    #[test]
    fn at_home_a_number_or_a_name_opens_a_lesson() {
        let (session, viewer) = (Session::home(), Viewer::default());
        let number = ready(&session).iter().position(|index| session.entries()[*index].id == "backtracking").unwrap();
        let by_number = tokens(&(number + 1).to_string(), &session, &viewer);
        assert!(by_number.starts_with("Open("));
        assert_eq!(by_number, tokens("backtracking", &session, &viewer));
        assert_eq!(by_number, tokens(&session.number_of("backtracking").unwrap(), &session, &viewer));
        assert!(tokens("99", &session, &viewer).contains("lessons to open"));
        assert_eq!(tokens("", &session, &viewer), "<enter>");
        assert_eq!(tokens("q", &session, &viewer), "q");
    }
}
