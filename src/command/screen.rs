//! `downhill screen`: what a learner sees after some keys, drawn without a terminal.

use std::ffi::OsString;
use std::io::Write;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::app::key::press::script;
use crate::app::look::appearance::{Ground, Look};
use crate::app::room::session::Session;
use crate::command::answer::{CommandResult, Failure};
use crate::command::look::LookArgs;
use crate::command::place::{self, PlaceArgs};
use crate::command::sandbox::{self, SandboxArgs};
use crate::engine::number::numeral;
use crate::export::svg::{self, Paper};
use crate::export::{ansi, text};
use crate::host::headless::Headless;
use crate::lesson::course::pack::Pack;

/// Which lesson, which keys, and how it is drawn.
#[derive(Debug, Args)]
pub struct ScreenArgs {
    /// A lesson's name or the path of a lesson file; without it and without --objective the list of lessons
    #[arg(conflicts_with = "objective")]
    lesson: Option<OsString>,
    /// Columns and rows
    #[arg(long, default_value = "80x24", allow_negative_numbers = true, value_parser = size)]
    size: (u16, u16),
    /// The keys pressed before: `<right> <right> 2 <enter>`
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    keys: String,
    /// As text, as text with its colours, or as a picture
    #[arg(long, value_enum, default_value_t = ScreenFormat::Text)]
    format: ScreenFormat,
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    sandbox: SandboxArgs,
}

impl ScreenArgs {
    /// Whether it opens the sandbox, not a lesson or the list.
    pub fn is_sandbox(&self) -> bool {
        self.sandbox.objective.is_some()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ScreenFormat {
    Text,
    Ansi,
    Svg,
}

/// No screen is larger.
const LARGEST: u16 = 1000;

fn size(text: &str) -> Result<(u16, u16), String> {
    let side = |side: &str| numeral::count(side).ok().and_then(|side| u16::try_from(side).ok());
    match text.split_once(['x', 'X', '×']).and_then(|(columns, rows)| side(columns).zip(side(rows))) {
        Some((columns, rows)) if (1..=LARGEST).contains(&columns) && (1..=LARGEST).contains(&rows) => {
            Ok((columns, rows))
        }
        _ => Err(format!("a size is columns x rows, each 1 to {LARGEST}: 80x24")),
    }
}

/// Draws the screen after the keys.
pub fn screen(args: &ScreenArgs, pack: &Arc<Pack>, look: LookArgs, out: &mut dyn Write) -> CommandResult {
    args.sandbox.only_with_objective()?;
    match args.format {
        ScreenFormat::Text => look.only(&["--glyphs", "--notation"], "on a screen as text")?,
        ScreenFormat::Ansi | ScreenFormat::Svg => {
            look.only(&["--glyphs", "--notation", "--color", "--light"], "on a screen that is drawn")?;
        }
    }
    let cues = script(&args.keys).map_err(|error| Failure::Misuse(error.to_string()))?;
    let session = match &args.lesson {
        None if args.is_sandbox() => {
            args.place.only(&["--at", "--set"], "leave it out beside --objective, which opens the sandbox")?;
            sandbox::session(&args.sandbox, args.place.at, &args.place.set)?
        }
        None => {
            args.place.only(&["--pair"], "name one, as in downhill screen backtracking")?;
            place::two(Session::of(Arc::clone(pack)), &args.place)
        }
        Some(name) => place::open(name, pack, &args.place)?,
    };
    let look: Look = look.on_paper();
    let mut headless = Headless::new(session, args.size, look);
    headless.play(&cues);
    let cells = headless.screen();
    let drawn = match args.format {
        ScreenFormat::Text => text::text(&cells),
        ScreenFormat::Ansi => ansi::ansi(&cells),
        ScreenFormat::Svg => svg::svg(&cells, if look.ground == Ground::Light { Paper::LIGHT } else { Paper::DARK }),
    };
    write!(out, "{drawn}")?;
    Ok(0)
}
