//! What lies on top of the page: sheets, cards and fields are opened, changed and closed.

use crate::app::act::acts::{Effect, Top};
use crate::app::act::answering;
use crate::app::room::reopen::{command, quoted};
use crate::app::room::session::Session;
use crate::app::seat::viewer::{Layer, Viewer};
use crate::app::settings::draft::Draft;
use crate::app::settings::typed::{LONGEST_NUMBER, LONGEST_WORD, push};
use crate::engine::number::Sense;

/// Lays something on top of the page, changes or closes it; what is told of it.
pub fn lay(change: Top, session: &Session, viewer: &mut Viewer) -> Option<String> {
    match change {
        Top::Help => viewer.cover(Layer::Help(0)),
        Top::Terms => viewer.cover(Layer::Terms { top: 0, typed: String::new() }),
        Top::CloseSheet => viewer.uncover(),
        Top::Close => viewer.layer = Layer::Run,
        Top::Scroll(sense) => scroll(&mut viewer.layer, sense),
        Top::Type(character) => return type_in(&mut viewer.layer, character).err(),
        Top::Erase => erase(&mut viewer.layer),
        Top::Fault(why) => return Some(why),
        Top::Settings => {
            let draft = Draft::of(session.sitting.as_ref()?);
            viewer.layer = Layer::Settings(Box::new(draft));
        }
        Top::GoTo => viewer.layer = Layer::GoTo(String::new()),
        Top::Pair => {
            viewer.attempt = None;
            viewer.layer = Layer::Pair(String::new());
        }
        Top::Hint(level) => viewer.layer = Layer::Hint(level),
        Top::Why(number) => viewer.layer = Layer::Why(number),
        Top::Confidence(answer) => {
            answering::keep(session, viewer);
            viewer.layer = Layer::Confidence(answer);
        }
        Top::LeaveAnswer => {
            viewer.answers = Some(false);
            return Some("The keys go to the run; i leads back to the question.".into());
        }
        Top::TakeAnswer => {
            viewer.layer = Layer::Run;
            viewer.answers = Some(true);
        }
        Top::Reopen => {}
    }
    None
}

/// Shows the command line that reopens the place in view, and gives it away to be copied.
pub fn reopen(session: &Session, viewer: &mut Viewer) -> Effect {
    match whole_command(session) {
        Ok(command) => {
            viewer.layer = Layer::Reopen(command.clone());
            Effect::Copy(command)
        }
        Err(why) => {
            viewer.notice = Some(why);
            Effect::Nothing
        }
    }
}

/// The command line that reopens the place in view, with its folder of lessons and its pair; or why there is none.
fn whole_command(session: &Session) -> Result<String, String> {
    let Some(sitting) = &session.sitting else { return Err("There is nothing to reopen yet.".into()) };
    let mut whole = command(sitting, session.waiting.last())?;
    if let Some(folder) = session.pack.folder() {
        whole = format!("{whole} --lessons {}", quoted(folder));
    }
    if let Some(pair) = session.pair.as_ref().filter(|_| !sitting.is_sandbox()) {
        let names = format!("{},{}", pair.names[0], pair.names[1]);
        whole = format!("{whole} --pair {}", quoted(&names));
    }
    Ok(whole)
}

fn scroll(layer: &mut Layer, sense: Sense) {
    if let Layer::Help(top) | Layer::Terms { top, .. } = layer {
        *top = if sense == Sense::More { *top + 1 } else { top.saturating_sub(1) };
    }
}

fn type_in(layer: &mut Layer, character: char) -> Result<(), String> {
    match layer {
        Layer::GoTo(typed) => push(typed, character, LONGEST_NUMBER),
        Layer::Terms { top, typed } => {
            *top = 0;
            push(typed, character, LONGEST_WORD)
        }
        Layer::Pair(typed) => {
            typed.push(character);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn erase(layer: &mut Layer) {
    match layer {
        Layer::GoTo(typed) | Layer::Pair(typed) => drop(typed.pop()),
        Layer::Terms { top, typed } => {
            *top = 0;
            typed.pop();
        }
        _ => {}
    }
}
