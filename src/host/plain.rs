//! A learner without a screen: lines go in, paragraphs come out, and nothing that was written changes.

use std::io::{BufRead, IsTerminal as _, Read as _, Result, Write, stdin, stdout};
use std::time::Duration;

use crate::app::act::acts::Effect;
use crate::app::classroom::Classroom;
use crate::app::key::press::Key;
use crate::app::keymap::spoken::{self, Utterance};
use crate::app::keymap::state::State;
use crate::app::keymap::table;
use crate::app::look::appearance::{Depth, Look};
use crate::app::room::session::Session;
use crate::app::seat::viewer::Layer;
use crate::host::calendar;
use crate::host::capability::Environment;
use crate::host::keeper::Keeper;
use crate::host::patience::Deadline;
use crate::lesson::file::safe::Safe;
use crate::view::spoken::plain::{Heard, tell};

/// No line is longer; what is over is cut off.
const LONGEST: usize = 1 << 12;

/// No work is waited for any longer.
const LONGEST_WORK: Duration = Duration::from_secs(12);

/// Utterance where a key changed nothing that could be told.
const NOTHING: &str = "Nothing that can be told in words changes.";

/// Whether plain text is what the terminal at hand can show: it is there, and can only append.
pub fn is_all_there_is() -> bool {
    stdin().is_terminal() && stdout().is_terminal() && Environment::read().is_dumb()
}

/// Plays with lines from standard input, and tells on standard output.
pub fn at_standard_streams(session: Session, look: Look, keeper: Option<&mut Keeper>) -> Result<()> {
    let echo = if stdin().is_terminal() { Echo::ByTerminal } else { Echo::Written };
    run(session, look, keeper, Streams { lines: &mut stdin().lock(), out: &mut stdout().lock(), echo })
}

/// Who shows a line that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Echo {
    /// The terminal did.
    ByTerminal,
    /// It is written after its prompt, as a terminal would have done, so that a log can be read.
    Written,
}

/// Where lines come from and where paragraphs go.
pub struct Streams<'a> {
    pub lines: &'a mut dyn BufRead,
    pub out: &'a mut dyn Write,
    pub echo: Echo,
}

/// Plays until the learner leaves or has no more to say.
pub fn run(session: Session, look: Look, mut keeper: Option<&mut Keeper>, streams: Streams<'_>) -> Result<()> {
    let Streams { lines, out, echo } = streams;
    let mut room = Classroom::new(session);
    let id = room.join((80, 24), Look { depth: Depth::None, ..look });
    let mut learner = PlainLearner { room, id, heard: Heard::default() };
    if let Some(told) = learner.tell() {
        writeln!(out, "{}", Safe::new(&told))?;
    }
    loop {
        let room = &mut learner.room;
        if let (Some(keeper), Some(progress)) = (&mut keeper, room.session.unsaved()) {
            keeper.keep(progress);
        }
        if let Some(trouble) = keeper.as_ref().and_then(|keeper| keeper.trouble()) {
            writeln!(out, "{}", Safe::new(&trouble))?;
        }
        write!(out, "> ")?;
        out.flush()?;
        let Some(line) = next_line(lines)? else { break };
        if echo == Echo::Written {
            writeln!(out, "{line}")?;
        }
        room.session.today = calendar::later(room.session.today);
        let Some(viewer) = room.viewers.get(&id) else { break };
        let said = match spoken::said(&line, &room.session, viewer) {
            Ok(said) => said,
            Err(why) => {
                writeln!(out, "{}", Safe::new(&why))?;
                continue;
            }
        };
        let parts = match said {
            Utterance::Keys(keys) => keys.into_iter().map(|key| Utterance::Keys(vec![key])).collect(),
            whole => vec![whole],
        };
        let last = parts.len().saturating_sub(1);
        for (place, part) in parts.into_iter().enumerate() {
            let after = if place == last { KeyFollowed::Prompt } else { KeyFollowed::Keys };
            if learner.say(part, after, out)? {
                if let (Some(keeper), Some(progress)) = (&mut keeper, learner.room.session.unsaved()) {
                    keeper.keep(progress);
                }
                return Ok(());
            }
            // What was typed after a key that was refused was not meant for what is there instead.
            if learner.room.viewers.get(&id).is_some_and(|viewer| viewer.notice.is_some()) {
                break;
            }
        }
    }
    writeln!(out)
}

/// What comes after a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyFollowed {
    /// More keys of the same line.
    Keys,
    /// The next line.
    Prompt,
}

/// Who plays, and what was told already.
struct PlainLearner {
    room: Classroom,
    /// The viewer, by its number in the classroom.
    id: usize,
    heard: Heard,
}

impl PlainLearner {
    /// What is new since the last time; `None` when the viewer has left.
    fn tell(&mut self) -> Option<String> {
        let viewer = self.room.viewers.get(&self.id)?;
        Some(tell(&self.room.session, viewer, &mut self.heard))
    }

    /// Does what a line said and tells what came of it, unless more is typed into the field that it opened; whether the learner left.
    fn say(&mut self, said: Utterance, after: KeyFollowed, out: &mut dyn Write) -> Result<bool> {
        let (room, id) = (&mut self.room, self.id);
        if room.say(id, said) == Effect::Leave {
            return Ok(true);
        }
        let patience = Deadline::of(LONGEST_WORK);
        while room.work_on() {
            if patience.is_spent() {
                // No key is heard while a line is answered.
                room.press(id, Key::ESC);
            }
        }
        if room.session.is_playing {
            // Nothing plays by itself where nobody looks: the key that started it stops it.
            room.press(id, Key::SPACE);
            writeln!(out, "Nothing plays by itself here: an empty line goes on, E goes on to the end.")?;
        }
        let Some(viewer) = room.viewers.get(&id) else { return Ok(true) };
        let is_typing = matches!(
            viewer.layer,
            Layer::Settings(_) | Layer::GoTo(_) | Layer::Pair(_) | Layer::Filter | Layer::Terms { .. }
        ) || table::state(&room.session, viewer) == State::Answering;
        if is_typing && after == KeyFollowed::Keys && viewer.notice.is_none() {
            return Ok(false);
        }
        let told = tell(&room.session, viewer, &mut self.heard);
        let is_sheet = matches!(viewer.layer, Layer::Help(_) | Layer::Terms { .. });
        if !told.is_empty() {
            writeln!(out, "{}", Safe::new(&told))?;
        } else if !is_typing {
            writeln!(out, "{NOTHING}")?;
        }
        // The sheet was read out; it does not stay in the way.
        if is_sheet {
            room.press(id, Key::ESC);
            self.tell();
        }
        Ok(false)
    }
}

/// The next line without its end, made harmless; `None` after the last.
fn next_line(lines: &mut dyn BufRead) -> Result<Option<Safe>> {
    let mut bytes = Vec::new();
    if lines.take(LONGEST as u64).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() == LONGEST && !bytes.ends_with(b"\n") {
        lines.skip_until(b'\n')?;
    }
    Ok(Some(Safe::new(String::from_utf8_lossy(&bytes).trim_end())))
}
