//! Two at one keyboard, in words: whose turn it is, and, once both have answered, what each of them said.

use crate::app::answer::given::Given;
use crate::app::answer::pair::{Pair, Turn};
use crate::app::room::sitting::{Record, Sitting};
use crate::lesson::question::closeness::quoted;
use crate::lesson::question::grade;
use crate::lesson::question::{Answer, Ask};
use crate::view::paper::theme::Ink;

/// What the card says that asks whether one learns or two.
pub fn card(typed: &str) -> [(String, Ink); 3] {
    let why = "Two predict one after the other, unseen by each other. Where they differ, they talk before the run shows the \
        truth.";
    [
        ("**1** alone · **2** two at this keyboard".into(), Ink::Text),
        (why.into(), Ink::Text),
        (format!("Names first, if you like, as in Ada, Ben: {typed}_"), Ink::Emphasis),
    ]
}

/// Whose turn it is, for the first row.
pub fn title(pair: &Pair, sitting: &Sitting) -> String {
    match pair.turn(sitting) {
        Some(Turn::First(name, _) | Turn::Second(name, _)) => format!("{} answers", name.as_str()),
        Some(Turn::Together) => "both answer".into(),
        None => format!("{} has the keys", pair.driving().0.as_str()),
    }
}

/// What is said to the two under an open prediction.
pub fn asked(pair: &Pair, sitting: &Sitting, ask: &Ask) -> Vec<(String, Ink)> {
    match pair.turn(sitting) {
        Some(Turn::First(name, other)) => {
            vec![(format!("{} answers first; {} looks away.", name.as_str(), other.as_str()), Ink::Good)]
        }
        Some(Turn::Second(name, other)) => {
            let (name, other) = (name.as_str(), other.as_str());
            vec![(format!("{other}: •. Now the other one: {name} answers, {other} looks away."), Ink::Good)]
        }
        Some(Turn::Together) => vec![
            (said(&sitting.record().partners, |answer| brief(ask, answer)), Ink::Emphasis),
            ("You differ. Talk for a minute, then answer together.".into(), Ink::Warning),
        ],
        None => Vec::new(),
    }
}

/// Above the choices of how sure one is: whose answer it is, and nothing of it.
pub fn hidden(pair: &Pair, sitting: &Sitting) -> Option<String> {
    let (Turn::First(name, _) | Turn::Second(name, _)) = pair.turn(sitting)? else { return None };
    Some(format!("{}: •   (Esc takes it back)", name.as_str()))
}

/// An answer beside its question, where the number of an option tells it.
fn brief(ask: &Ask, answer: &Answer) -> String {
    if let Answer::Choice(index) = answer { format!("{})", index + 1) } else { grade::words(ask, answer) }
}

/// `Ada said “below” (a guess), Ben “above” (sure)`, with a full stop.
fn said(partners: &[Given], words: impl Fn(&Answer) -> String) -> String {
    let one = |given: &Given| format!("{} ({})", words(&given.answer), sureness(given.confidence));
    match partners {
        [first, second] => {
            let (one, other) = (one(first), one(second));
            format!("{} said {one}, {} {other}.", first.name.as_str(), second.name.as_str())
        }
        _ => String::new(),
    }
}

fn sureness(confidence: usize) -> &'static str {
    match confidence {
        0 => "a guess",
        1 => "thought so",
        _ => "sure",
    }
}

/// How the answer of a page came about, if two gave it: who said it, and how sure each was.
pub struct Voices {
    /// `You both said “below”`, or `Together you said “below”`.
    pub said: String,
    /// What each said for themselves, where it was not the same.
    pub each: String,
}

/// How the answer of a page came about; `None` if one gave it, or both put it together at once.
pub fn voices(record: &Record, ask: &Ask) -> Option<Voices> {
    let ([one, other], Some(answer)) = (&record.partners[..], &record.answer) else { return None };
    let joint = quoted(ask, answer);
    let (one_said, other_said) = (quoted(ask, &one.answer), quoted(ask, &other.answer));
    if one_said == other_said && one_said == joint {
        let (first, second) = (sureness(one.confidence), sureness(other.confidence));
        let sure = format!("{}: {first}, {}: {second}", one.name.as_str(), other.name.as_str());
        return Some(Voices { said: format!("You both said {joint} ({sure})"), each: String::new() });
    }
    Some(Voices {
        said: format!("Together you said {joint}"),
        each: said(&record.partners, |answer| quoted(ask, answer)),
    })
}

/// Who was right before they talked, if they did not say the same.
pub fn who_was_right(sitting: &Sitting) -> Option<(String, Ink)> {
    let (ask, record) = (sitting.page().ask.as_ref()?, sitting.record());
    let voices = voices(record, ask).filter(|voices| !voices.each.is_empty())?;
    let [one, other] = &record.partners[..] else { return None };
    let (first, second) = (one.name.as_str(), other.name.as_str());
    let who = match (one.is_right, other.is_right) {
        (Some(true), Some(true)) => "Both were right at first.".to_owned(),
        (Some(true), _) => format!("{first} was right at first."),
        (_, Some(true)) => format!("{second} was right at first."),
        _ => "Neither was right at first.".to_owned(),
    };
    Some((format!("{who} {}", voices.each), Ink::Text))
}

/// Who goes on after a goal that was just met.
pub fn swap(pair: Option<&Pair>, sitting: &Sitting) -> Option<(String, Ink)> {
    let pair = pair.filter(|pair| pair.swapped_on == Some(sitting.page) && !sitting.is_sandbox())?;
    let (driver, other) = pair.driving();
    let line = format!("Swap: {} takes the keys now, {} looks on.", driver.as_str(), other.as_str());
    Some((line, Ink::Emphasis))
}
