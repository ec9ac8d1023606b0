//! The smallest program that a terminal can run: it counts keys and ticks, and shows the size of its screen.
//!
//! The terminal tests drive it. `q` leaves, `!` panics, `T` turns the clock on and off, everything else counts.

use std::process::ExitCode;

use downhill::app::key::press::{Code, Input, Key};
use downhill::host::program::{Flow, Program};
use downhill::host::terminal::run;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Style};

#[derive(Default)]
struct Probe {
    keys: usize,
    ticks: usize,
    pasted: String,
    is_timed: bool,
}

#[expect(clippy::panic, reason = "the tests ask for one")]
impl Program for Probe {
    fn input(&mut self, input: Input) -> Flow {
        match input {
            Input::Key(Key { code: Code::Char('q'), .. }) => return Flow::Leave,
            Input::Key(Key { code: Code::Char('!'), .. }) => panic!("the probe was told to panic"),
            Input::Key(Key { code: Code::Char('T'), .. }) => self.is_timed = !self.is_timed,
            Input::Key(_) => self.keys += 1,
            Input::Paste(text) => self.pasted = text,
            Input::Tick => self.ticks += 1,
            Input::Resize(..) | Input::Answer => {}
        }
        Flow::Redraw
    }

    fn draw(&mut self, cells: &mut Buffer) -> Option<(u16, u16)> {
        let (width, height) = (cells.area.width, cells.area.height);
        let lines = [
            format!("keys {} ", self.keys),
            format!("size {width}x{height} "),
            format!("ticks {} ", self.ticks),
            format!("pasted {:?} ", self.pasted),
        ];
        for (row, line) in (0..height).zip(lines) {
            cells.set_string(0, row, line, Style::new().fg(Color::Indexed(45)));
        }
        cells[(width - 1, height - 1)].set_symbol("◆");
        None
    }

    fn wants_ticks(&self) -> bool {
        self.is_timed
    }
}

fn main() -> std::io::Result<ExitCode> {
    Ok(ExitCode::from(run(&mut Probe::default())?.code()))
}
