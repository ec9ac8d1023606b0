//! A place in a lesson as one command line that reopens it, before the surprise and with its question open.

use std::ffi::OsStr;

use crate::app::room::sitting::Sitting;
use crate::app::run::cursor::{self, Cursor};
use crate::app::settings::assign;
use crate::app::settings::draft::Draft;
use crate::engine::rule::method::Half;
use crate::engine::run::stop::Limits;
use crate::lesson::file::safe::Safe;
use crate::lesson::made::sandbox;
use crate::lesson::scenario::Change;
use crate::objective::function::Objective as _;

/// Where a lesson is reopened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stand {
    /// The page, as an index.
    pub page: usize,
    /// The settings that are not the page's own.
    pub set: Vec<Change>,
    /// Whether it is in the sandbox that opens there.
    pub is_sandbox: bool,
    /// Where the page opened, if not where it opens by itself.
    pub from: Option<Cursor>,
    /// Where it stands, if not where it opened.
    pub at: Option<Cursor>,
}

impl Sitting {
    /// Goes from the first page of the lesson to a stand; says in words why it cannot.
    pub fn stand(&mut self, stand: &Stand) -> Result<(), String> {
        let last = self.lesson.pages.len();
        if stand.page >= last {
            return Err(format!("the lesson ends with page {last}: there is no page {}", stand.page + 1));
        }
        for page in 1..=stand.page {
            self.turn_to(page)?;
        }
        if stand.is_sandbox {
            *self = self.sandbox_from_here()?;
        }
        if !stand.set.is_empty() {
            self.apply(stand.set.clone())?;
        }
        if let Some(from) = stand.from {
            self.jump(from)?;
            self.opened_at = from;
        }
        if let Some(at) = stand.at {
            self.jump(at)?;
        }
        self.look_at_goal();
        Ok(())
    }

    /// To a beat of an iteration, whatever may be open on the way.
    fn jump(&mut self, to: Cursor) -> Result<(), String> {
        cursor::move_to(&mut self.cast, &mut self.cursor, to.t);
        if self.cursor.t != to.t {
            return Err(format!("the run ends at t = {}, before t = {}", self.cursor.t, to.t));
        }
        let beats = self.story().len();
        if to.beat >= beats {
            return Err(format!("iteration {} has beats 0 to {}, and no beat {}", to.t, beats - 1, to.beat));
        }
        self.cursor = to;
        Ok(())
    }

    /// The place in view as it is to be reopened: where its question is answered, there where it opens.
    fn target(&self) -> Cursor {
        if self.record().answer.is_none() && !self.is_outcome_seen() {
            return self.cursor;
        }
        let Some(until) = self.page().until else { return self.opened_at };
        let (mut cast, mut at) = (self.cast.clone(), Cursor::default());
        cursor::move_to(&mut cast, &mut at, until.iteration);
        if at.t == until.iteration {
            at.beat = cursor::beat_of(&cursor::story(&cast, at.t), until.reached);
        }
        at
    }
}

/// The command line that reopens a place of a sitting above one that waits; says in words why there is none.
pub fn command(sitting: &Sitting, left: Option<&Sitting>) -> Result<String, String> {
    if sitting.proof().is_some() || left.is_some() && !sitting.is_sandbox() {
        return Err("Esc leads back to the lesson; a place there can be reopened.".into());
    }
    if sitting.is_forked {
        return Err("A forked run has two pasts: r runs it again with one, and that can be reopened.".into());
    }
    let lesson = left.unwrap_or(sitting);
    if sitting.is_sandbox() && (left.is_none() || !sitting.is_from_lesson(lesson)) {
        return sandbox_command(sitting);
    }
    let set = Draft::of(sitting).changes();
    let mut stand = Stand { page: lesson.page, set, is_sandbox: sitting.is_sandbox(), from: None, at: None };
    let mut fresh = Sitting::open((*lesson.lesson).clone())?;
    fresh.stand(&stand)?;
    // In the sandbox it does not matter where it opened.
    let is_elsewhere = fresh.opened_at != sitting.opened_at && !stand.is_sandbox;
    stand.from = is_elsewhere.then_some(sitting.opened_at);
    let target = sitting.target();
    stand.at = (target != stand.from.unwrap_or(fresh.cursor)).then_some(target);
    let name = lesson.source.as_deref().unwrap_or(OsStr::new(&lesson.lesson.id));
    let mut words = vec!["downhill learn".to_owned(), quoted(name), format!("--page {}", stand.page + 1)];
    words.extend(stand.set.iter().map(|change| format!("--set {}", quoted(assign::written(change)))));
    words.extend(stand.is_sandbox.then(|| "--sandbox".to_owned()));
    words.extend(stand.from.map(|from| format!("--from {}", spot(from))));
    words.extend(stand.at.map(|at| format!("--at {}", spot(at))));
    words.extend(lesson.is_unlocked.then(|| "--no-lock".to_owned()));
    Ok(words.join(" "))
}

impl Sitting {
    /// Whether this sandbox still descends what its lesson does.
    fn is_from_lesson(&self, lesson: &Self) -> bool {
        self.scenario().name == lesson.scenario().name && self.scenario().subject == lesson.scenario().subject
    }
}

fn sandbox_command(sitting: &Sitting) -> Result<String, String> {
    let (scenario, run) = (sitting.scenario(), &sitting.cast.runs[0]);
    let Some(text) = scenario.subject.formula() else {
        return Err("What is descended here is no formula, so no command line can write it.".into());
    };
    let start: Vec<f64> = run.start().iter().copied().collect();
    let window: Vec<f64> = scenario.window.iter().flatten().copied().collect();
    let mut words = vec![
        "downhill sandbox".to_owned(),
        format!("--objective {}", quoted(objective(text, start.len()))),
        format!("--start {}", assign::list(&start, ",")),
    ];
    words.extend((!window.is_empty()).then(|| format!("--window {}", assign::list(&window, ","))));
    words.push(format!("--direction {}", quoted(assign::rule(run.method(), Half::Direction))));
    if run.method().direction.own_step().is_none() {
        words.push(format!("--step-size {}", quoted(assign::rule(run.method(), Half::StepSize))));
    }
    words.extend((*run.limits() != Limits::default()).then(|| format!("--stop {}", limits(run.limits()))));
    words.extend((sitting.cursor != Cursor::default()).then(|| format!("--at {}", spot(sitting.cursor))));
    Ok(words.join(" "))
}

/// A formula that names as many coordinates as are descended.
fn objective(text: &str, dimension: usize) -> String {
    let is_whole = sandbox::formula(text).is_ok_and(|formula| formula.dimension() == dimension);
    if is_whole { text.to_owned() } else { format!("{text} + 0*x{dimension}") }
}

fn limits(limits: &Limits) -> String {
    let table = |limits: &Limits| toml::Table::try_from(limits).unwrap_or_default();
    assign::differences(&table(limits), &table(&Limits::default()))
}

fn spot(cursor: Cursor) -> String {
    if cursor.beat == 0 { cursor.t.to_string() } else { format!("{}.{}", cursor.t, cursor.beat) }
}

/// A word that a shell passes on as it is. What a terminal would obey, and bytes that are no text, are written as
/// escapes, as bash and zsh read them.
pub fn quoted(word: impl AsRef<OsStr>) -> String {
    let word = word.as_ref();
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "._-/=:,+%@".contains(character);
    if let Some(word) = word.to_str().filter(|word| Safe::new(word).as_str() == *word && !word.contains('\n')) {
        let is_bare = !word.is_empty() && word.chars().all(is_plain);
        return if is_bare { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) };
    }
    let mut written = "$'".to_owned();
    for chunk in word.as_encoded_bytes().utf8_chunks() {
        for letter in chunk.valid().chars() {
            let mut bytes = [0; 4];
            let text = letter.encode_utf8(&mut bytes);
            if "\\'".contains(letter) {
                written.extend(['\\', letter]);
            } else if letter != '\n' && Safe::new(text).as_str() == text {
                written.push(letter);
            } else {
                written.extend(text.bytes().flat_map(escape));
            }
        }
        written.extend(chunk.invalid().iter().copied().flat_map(escape));
    }
    written + "'"
}

/// A byte as `\xff`.
fn escape(byte: u8) -> [char; 4] {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    ['\\', 'x', digit(byte >> 4), digit(byte & 15)]
}
