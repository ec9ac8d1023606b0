//! The help sheet: every key in groups, with what it will do now, or why it will do nothing.

use crate::app::act::message::Message;
use crate::app::keymap::binding::Binding;
use crate::app::keymap::footer::{controls_words, next_words};
use crate::app::keymap::state::State;
use crate::app::keymap::table::{self, rows};
use crate::app::look::appearance::Look;
use crate::app::room::session::Session;
use crate::app::rules::permit::permit;
use crate::app::seat::viewer::Viewer;

/// Keys that belong together.
pub struct Group {
    /// What they have in common.
    pub title: &'static str,
    /// The keys.
    pub entries: Vec<SheetEntry>,
}

/// One key on the sheet.
pub struct SheetEntry {
    /// How it is written.
    pub key: &'static str,
    /// What it does, as far as it can be said: what it will do now.
    pub words: String,
    /// Why it will do nothing now; empty where that is plain to see.
    pub refusal: Option<String>,
}

/// The titles, and which messages stand under them.
const GROUPS: [&str; 6] =
    ["Going through the run", "Question and page", "Out", "Changing the run", "What is seen", "On top of the run"];

fn group(binding: &Binding) -> usize {
    match binding.message {
        _ if binding.states.iter().all(|state| !is_ground(*state)) && binding.message != Message::Prove => 5,
        Message::Forward
        | Message::Back
        | Message::WholeForward
        | Message::WholeBack
        | Message::Play
        | Message::Slower
        | Message::Faster
        | Message::ToEnd
        | Message::GoTo
        | Message::NextGrain => 0,
        Message::Answer(_)
        | Message::NextPage
        | Message::PreviousPage
        | Message::Question
        | Message::Hint
        | Message::Why
        | Message::Prove
        | Message::Pair
        | Message::Lock => 1,
        Message::Settings | Message::Again | Message::KeepRival | Message::DropRivals | Message::Sandbox => 3,
        Message::Help | Message::Quit | Message::LeaveNow | Message::Lower => 2,
        _ => 4,
    }
}

/// Whether nothing has to be opened first.
fn is_ground(state: State) -> bool {
    use State::{Aiming, Asked, Done, Home, Stepping};
    matches!(state, Home | Asked | Stepping | Aiming | Done)
}

/// A viewer before whom nothing lies on top of the run, on a screen with room for panels.
fn on_ground() -> Viewer {
    Viewer::new((80, 24), Look::default())
}

/// Every key that the table explains, by groups; those of the list first where the list is.
pub fn sheet(session: &Session) -> Vec<Group> {
    let state = table::state(session, &on_ground());
    let mut groups: Vec<Group> = GROUPS.iter().map(|title| Group { title, entries: Vec::new() }).collect();
    let mut list = Group { title: "In the list of lessons", entries: Vec::new() };
    // One row stands for all answers.
    let is_told = |binding: &&Binding| {
        !binding.help.is_empty() && !matches!(binding.message, Message::Answer(number) if number > 0)
    };
    for binding in rows().filter(is_told) {
        let is_of_list = binding.states.iter().all(|state| matches!(state, State::Home | State::Filter));
        let target = if is_of_list { &mut list } else { &mut groups[group(binding)] };
        target.entries.push(entry(binding, state, session));
    }
    groups.insert(if state == State::Home { 0 } else { GROUPS.len() }, list);
    groups.retain(|group| !group.entries.is_empty());
    groups
}

fn entry(binding: &Binding, state: State, session: &Session) -> SheetEntry {
    let answers = matches!(binding.message, Message::Answer(_)) && table::can_answer(session, state);
    let refusal = if binding.states.contains(&state) || answers {
        permit(binding.message, session, &on_ground()).err()
    } else {
        Some(String::new())
    };
    let words = match (binding.message, &refusal) {
        (Message::Forward, None) => {
            Some(next_words(session)).filter(|next| !next.is_empty()).map(|next| format!("go on; now: {next}"))
        }
        (Message::Settings, None) => Some(controls_words(session)).filter(|change| change != "change"),
        _ => None,
    };
    // Under its own title a key need not say again where it works.
    let told = ["in the list: ", "in the settings: "].iter().find_map(|place| binding.help.strip_prefix(place));
    let words = words.unwrap_or_else(|| told.unwrap_or(binding.help).to_owned());
    match binding.message {
        Message::Answer(_) => {
            SheetEntry { key: "1-4", words: "answer; then how sure: 1 guess … 3 sure".into(), refusal }
        }
        _ => SheetEntry { key: binding.key.label(), words, refusal },
    }
}
