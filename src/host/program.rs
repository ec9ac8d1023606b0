//! What a terminal runs: a program that hears, draws, and comes to its end.

use ratatui::buffer::Buffer;

use crate::app::key::press::Input;

/// What a terminal runs.
pub trait Program {
    /// Takes one input and says whether there is something new to see. The first input is the size of the screen.
    fn input(&mut self, input: Input) -> Flow;

    /// Draws everything on blank cells, and says where the cursor rests (column, row), if it is to be seen.
    fn draw(&mut self, cells: &mut Buffer) -> Option<(u16, u16)>;

    /// Is there long work, to go on with whenever no input waits?
    fn has_work(&self) -> bool {
        false
    }

    /// Goes on with it for some milliseconds.
    fn work_on(&mut self) {}

    /// Is there something outside to look at, five times a second?
    fn watches(&self) -> bool {
        false
    }

    /// Looks at it, and says whether there is something new to see.
    fn look(&mut self) -> Flow {
        Flow::Idle
    }

    /// Does time matter now? Then a tick comes every 50 ms.
    fn wants_ticks(&self) -> bool;
}

/// What follows from an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flow {
    /// Everything looks as before.
    Idle,
    /// There is something new to see.
    Redraw,
    /// The same, and this text goes to the clipboard.
    Copy(String),
    /// The program is over.
    Leave,
}

/// Why a program in a terminal came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Farewell {
    /// It left by itself.
    Left,
    /// A signal asked it to end, or its terminal vanished, which is told as a hangup.
    Signal(i32),
}

impl Farewell {
    /// The exit code that a shell expects: 0, or 128 and the number of the signal.
    pub fn code(self) -> u8 {
        match self {
            Self::Left => 0,
            Self::Signal(number) => 128 + (number & 0x7f) as u8,
        }
    }
}
