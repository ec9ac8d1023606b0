//! What lies on top of the run, and what a panel says, as linear text: settings, keys, cards, numbers.

use crate::app::keymap::sheet::{self, SheetEntry};
use crate::app::keymap::spoken;
use crate::app::keymap::table::rows;
use crate::app::look::arrangement::Arrangement;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::app::run::scene::Scene;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::draft::Draft;
use crate::lesson::schema::Panel;
use crate::view::page::page_text::{self, PageReader};
use crate::view::panel;
use crate::view::paper::words::Extent;
use crate::view::screen::terms;
use crate::view::spoken::speech::{Speech, WIDTH, plain};

/// Keys that change only the full screen, or need a clock.
const MUTE: [&str; 5] = ["z", "C", "space", "<", ">"];
/// No panel of words is longer.
const MOST_ROWS: u16 = 100;

/// What was opened on top of the run.
pub fn on_top(session: &Session, viewer: &Viewer, before: &Layer, speech: &mut Speech) {
    if let Layer::Terms { typed, .. } = &viewer.layer {
        return terms::say(session, typed, speech);
    }
    let Some(sitting) = &session.sitting else {
        if matches!(viewer.layer, Layer::Help(_)) {
            keys(session, speech);
        }
        return;
    };
    match &viewer.layer {
        Layer::Help(_) => keys(session, speech),
        Layer::Settings(draft) => settings(draft, before, speech),
        Layer::Confidence(_) if matches!(before, Layer::Confidence(_)) => {}
        Layer::Confidence(_) => {
            speech.say("How sure are you?");
            speech.numbered(page_text::SURENESS);
        }
        // Nothing covers what was read out: the question is not said again.
        Layer::Hint(level) => {
            speech.line("Hint:");
            sitting.page().hints.get(*level).into_iter().for_each(|hint| speech.say(hint.as_str()));
        }
        Layer::GoTo(typed) if typed.is_empty() => speech.say("Go to which iteration? Type its number."),
        Layer::Run | Layer::Filter | Layer::GoTo(_) | Layer::Terms { .. } => {}
        _ => {
            let pair = session.pair.as_ref();
            let content = page_text::content(&PageReader { sitting, viewer, pair, theme: speech.theme, width: WIDTH });
            let text: Vec<String> = content.lines.iter().map(|(line, _)| plain(line, speech.theme)).collect();
            speech.line(&format!("{}:", content.title));
            speech.said.extend(text);
        }
    }
}

/// All settings as they open; later the one that was changed.
fn settings(draft: &Draft, before: &Layer, speech: &mut Speech) {
    let Layer::Settings(before) = before else {
        speech.say("Settings; type NAME = VALUE:");
        for row in &draft.rows() {
            let name = spoken::spoken(row);
            let symbol = if row.symbol == name { String::new() } else { format!("{}, ", row.symbol) };
            speech.say(&format!("- {name} = {} ({symbol}{}: {})", row.value, row.meaning, row.range));
        }
        return;
    };
    let before = before.rows();
    for row in &draft.rows() {
        if !before.iter().any(|known| known.what == row.what && known.value == row.value) {
            speech.say(&format!("{} = {}", spoken::spoken(row), row.value));
        }
    }
}

/// Every key that does something now.
fn keys(session: &Session, speech: &mut Speech) {
    speech.say("A line is a key, or several parted by blanks; an empty line goes on, NAME = VALUE changes a setting.");
    for group in sheet::sheet(session) {
        // Nothing that is told is ever cut, so nothing scrolls.
        let scrolls = |entry: &SheetEntry| session.sitting.is_some() && ["↑", "↓"].contains(&entry.key);
        let is_drawn = |key: &str| rows().any(|row| row.key.label() == key && row.message.is_of_picture());
        let is_mute = |entry: &SheetEntry| MUTE.contains(&entry.key) || is_drawn(entry.key);
        let does = |entry: &&SheetEntry| entry.refusal.is_none() && !is_mute(entry) && !scrolls(entry);
        let now: Vec<&SheetEntry> = group.entries.iter().filter(does).collect();
        if !now.is_empty() {
            speech.say(&format!("{}:", group.title));
        }
        for entry in now {
            speech.say(&format!("- {}: {}", spoken::name(entry.key), entry.words));
        }
    }
}

/// What the panel in focus says, if it speaks in words and numbers.
pub fn panel(sitting: &Sitting, viewer: &Viewer, speech: &mut Speech) {
    let panel = Arrangement::of(sitting, viewer, viewer.size).focus;
    if panel == Panel::Map {
        return speech.say("The map is a picture; where the run goes is told with each step.");
    }
    let extent = Extent { theme: speech.theme, width: WIDTH as u16 + 4, height: MOST_ROWS };
    let Some(words) = panel::words(panel, &Scene::of(sitting), extent) else {
        let name = panel.name().replace('-', " ");
        return speech.say(&format!("The {name} panel is a picture; what it shows is told with each step."));
    };
    speech.said.extend(words.read_out(extent));
}
