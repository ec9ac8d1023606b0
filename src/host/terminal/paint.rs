//! Painting: what changed since the last frame, in as few bytes as it takes.

use std::fmt::Write as _;

use crossterm::Command;
use crossterm::cursor::{Hide, MoveRight, MoveTo, Show};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

/// What the terminal shows, as far as we know.
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    cursor: Option<(u16, u16)>,
    /// Is everything unknown, so that the next frame has to start from a cleared screen?
    lost: bool,
}

impl Screen {
    /// A screen of this size of which nothing is known.
    pub fn new((width, height): (u16, u16)) -> Self {
        let blank = Buffer::empty(Rect::new(0, 0, width, height));
        Self { shown: blank.clone(), next: blank, cursor: None, lost: true }
    }

    /// The bytes that bring the terminal to what `draw` draws; none when nothing changed.
    ///
    /// `draw` gets blank cells and says where the cursor rests; without a place it is hidden.
    pub fn frame(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>) -> String {
        self.next.reset();
        let Rect { width, height, .. } = *self.next.area();
        let cursor = draw(&mut self.next).filter(|(x, y)| *x < width && *y < height);
        for cell in self.next.content.iter_mut().filter(|cell| cell.symbol().contains(char::is_control)) {
            cell.set_symbol(" "); // the terminal would obey it
        }
        let mut cells = String::new();
        if self.lost {
            self.shown.reset();
            cells.push_str("\x1b[0m");
            put(&mut cells, Clear(ClearType::All));
        }
        let mut brush = Brush { out: cells, cells: &self.next, at: None, pen: Pen::default() };
        for (x, y) in changes(&self.shown, &self.next) {
            brush.cell(x, y);
        }
        let cells = brush.finish();
        std::mem::swap(&mut self.shown, &mut self.next);
        if cells.is_empty() && cursor == self.cursor {
            return String::new();
        }
        let mut frame = String::new();
        put(&mut frame, BeginSynchronizedUpdate);
        if self.cursor.is_some() || self.lost {
            put(&mut frame, Hide);
        }
        frame.push_str(&cells);
        if let Some((x, y)) = cursor {
            put(&mut frame, MoveTo(x, y));
            put(&mut frame, Show);
        }
        put(&mut frame, EndSynchronizedUpdate);
        (self.cursor, self.lost) = (cursor, false);
        frame
    }
}

/// The places, row by row, where the next frame differs from the one that is shown.
///
/// A wide character covers the cell after it. Where one goes away, terminals leave its second half in a colour of their
/// choice, so that cell is written too, even if it should look as before (`Buffer::diff` forgets that).
fn changes(shown: &Buffer, next: &Buffer) -> Vec<(u16, u16)> {
    let mut places = Vec::new();
    for y in 0..next.area.height {
        let differs = |x: u16| shown[(x, y)] != next[(x, y)];
        let mut x = 0;
        while x < next.area.width {
            if differs(x) || (x > 0 && differs(x - 1) && width(&shown[(x - 1, y)]) > 1) {
                places.push((x, y));
            }
            x += width(&next[(x, y)]).max(1) as u16;
        }
    }
    places
}

/// How many columns a cell's symbol takes.
fn width(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    if symbol.len() == 1 { 1 } else { symbol.width() }
}

/// Writes one terminal command.
fn put(out: &mut String, command: impl Command) {
    command.write_ansi(out).ok(); // a String takes everything
}

/// A hand that writes cells: where it is and which pen it holds.
struct Brush<'c> {
    out: String,
    cells: &'c Buffer,
    /// Where the next character lands; `None` where terminals differ about it.
    at: Option<(u16, u16)>,
    pen: Pen,
}

impl Brush<'_> {
    /// Writes one cell at its place.
    fn cell(&mut self, x: u16, y: u16) {
        let cell = &self.cells[(x, y)];
        self.go(x, y);
        self.change(Pen::of(cell));
        let symbol = cell.symbol();
        let width = width(cell);
        let fits = width > 0 && usize::from(x) + width <= usize::from(self.cells.area.width);
        self.out.push_str(if fits { symbol } else { " " });
        // Terminals agree on the width of a single narrow character, and on little else.
        let is_simple = !fits || (width == 1 && symbol.chars().count() == 1);
        self.at = is_simple.then_some((x + 1, y));
    }

    /// Goes to a place; a short way over plain text by writing it again, which is shorter than to say how far.
    fn go(&mut self, x: u16, y: u16) {
        let Some((column, _)) = self.at.filter(|(column, row)| *row == y && *column <= x) else {
            return put(&mut self.out, MoveTo(x, y));
        };
        let between = || (column..x).map(|column| &self.cells[(column, y)]);
        let is_plain = |cell: &Cell| matches!(cell.symbol().as_bytes(), [b' '..=b'~']) && Pen::of(cell) == self.pen;
        if x - column <= 4 && between().all(is_plain) {
            self.out.extend(between().map(Cell::symbol));
        } else {
            put(&mut self.out, MoveRight(x - column));
        }
    }

    /// Takes another pen, saying only what differs.
    fn change(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        let mut codes = String::new();
        if !pen.modifier.contains(self.pen.modifier) {
            codes.push_str("0;");
            self.pen = Pen::default();
        }
        for (bit, code) in (1..=9).enumerate() {
            let modifier = Modifier::from_bits_truncate(1 << bit);
            if (pen.modifier - self.pen.modifier).contains(modifier) {
                write!(codes, "{code};").ok();
            }
        }
        for (color, held, ground) in [(pen.ink, self.pen.ink, 30), (pen.paper, self.pen.paper, 40)] {
            if color != held {
                codes.push_str(&color_codes(color, ground));
            }
        }
        if pen.underline != self.pen.underline {
            codes.push_str(&color_codes(pen.underline, 50));
        }
        codes.pop();
        write!(self.out, "\x1b[{codes}m").ok();
        self.pen = pen;
    }

    /// Lays the pen down and hands over what was written.
    fn finish(mut self) -> String {
        self.change(Pen::default());
        self.out
    }
}

/// How a character is written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Pen {
    ink: Color,
    paper: Color,
    underline: Color,
    modifier: Modifier,
}

impl Pen {
    fn of(cell: &Cell) -> Self {
        Self { ink: cell.fg, paper: cell.bg, underline: cell.underline_color, modifier: cell.modifier }
    }
}

/// The codes that choose a colour, each with its `;`, for ink (30), paper (40) or underline (50).
///
/// Ours and not crossterm's: that one asks `NO_COLOR` behind our back, where a flag may have said otherwise, and
/// writes the sixteen colours in the 256-colour form, which sixteen-colour terminals do not know.
fn color_codes(color: Color, ground: u8) -> String {
    let named = match color {
        Color::Reset => return format!("{};", ground + 9),
        Color::Rgb(red, green, blue) => return format!("{};2;{red};{green};{blue};", ground + 8),
        Color::Indexed(index) => return format!("{};5;{index};", ground + 8),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    match (ground, named) {
        (50, _) => format!("58;5;{named};"),
        (_, ..8) => format!("{};", ground + named),
        _ => format!("{};", ground + 60 + named - 8),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    /// Numbers without a clock: a linear congruential generator.
    fn dice(seed: &mut u64) -> usize {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize
    }

    fn scribble(cells: &mut Buffer, seed: &mut u64) {
        let words = ["downhill", "α·d ≤ 0", "⣿⡇", "界界", "e\u{301}", "  ", "─┐"];
        let colors = [Color::Reset, Color::Red, Color::White, Color::Indexed(136), Color::Rgb(1, 2, 3)];
        for _ in 0..12 {
            let style = Style::new()
                .fg(colors[dice(seed) % 5])
                .bg(colors[dice(seed) % 5])
                .add_modifier([Modifier::BOLD, Modifier::ITALIC, Modifier::all() - Modifier::DIM][dice(seed) % 3]);
            let (width, height) = (usize::from(cells.area.width), usize::from(cells.area.height));
            let place = ((dice(seed) % width) as u16, (dice(seed) % height) as u16);
            cells.set_string(place.0, place.1, words[dice(seed) % words.len()], style);
        }
        // Half a wide character is none; ratatui leaves it to the drawer to see to that.
        for index in 1..cells.content.len() {
            if cells.content[index - 1].symbol().width() == 2 && cells.content[index].symbol() != " " {
                cells.content[index - 1].set_symbol(" ");
            }
        }
    }

    fn terminal((width, height): (u16, u16)) -> vt100::Parser {
        vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0)
    }

    #[test]
    fn a_change_shows_the_same_as_a_fresh_screen() {
        let mut seed = 7;
        for size in [(30, 6), (9, 3), (1, 1)] {
            let (mut screen, mut changed) = (Screen::new(size), terminal(size));
            for round in 0..200 {
                let mut drawing = Buffer::empty(Rect::new(0, 0, size.0, size.1));
                scribble(&mut drawing, &mut seed);
                let draw = |cells: &mut Buffer| {
                    cells.clone_from(&drawing);
                    None
                };
                let mut fresh = terminal(size);
                changed.process(screen.frame(draw).as_bytes());
                fresh.process(Screen::new(size).frame(draw).as_bytes());
                for (x, y) in (0..size.0).flat_map(|x| (0..size.1).map(move |y| (x, y))) {
                    assert_eq!(look(&changed, x, y), look(&fresh, x, y), "round {round}: {x},{y}");
                }
            }
        }
    }

    /// What the eye sees of a cell; of a blank one no ink.
    fn look(terminal: &vt100::Parser, x: u16, y: u16) -> String {
        let cell = terminal.screen().cell(y, x).unwrap();
        match cell.contents().trim() {
            "" => format!("{:?}", cell.bgcolor()),
            text => format!("{text} {:?} {:?} {} {}", cell.fgcolor(), cell.bgcolor(), cell.bold(), cell.italic()),
        }
    }

    #[test]
    fn nothing_new_costs_nothing() {
        let mut screen = Screen::new((20, 4));
        let mut draw = |text: &str, cursor| {
            screen.frame(|cells| {
                cells.set_string(0, 0, text, Style::new());
                cursor
            })
        };
        assert!(draw("f 240.0", None).contains("f 240.0"));
        assert_eq!(draw("f 240.0", None), "");
        assert_eq!(draw("f 240.5", None), "\x1b[?2026h\x1b[1;7H5\x1b[?2026l");
        assert_eq!(draw("f 240.5", Some((2, 1))), "\x1b[?2026h\x1b[2;3H\x1b[?25h\x1b[?2026l");
        assert_eq!(draw("f 240.5", Some((2, 1))), "");
        assert_eq!(draw("f 240.5", None), "\x1b[?2026h\x1b[?25l\x1b[?2026l");
        assert_eq!(draw("f 240.5", Some((99, 1))), "", "a cursor outside is none");
    }

    #[test]
    fn sixteen_colours_are_written_in_their_own_codes() {
        let codes = |color, ground| color_codes(color, ground);
        assert_eq!(codes(Color::Red, 30), "31;");
        assert_eq!(codes(Color::LightBlue, 40), "104;");
        assert_eq!(codes(Color::DarkGray, 30), "90;");
        assert_eq!(codes(Color::Reset, 40), "49;");
        assert_eq!(codes(Color::Green, 50), "58;5;2;");
        assert_eq!(codes(Color::Indexed(238), 40), "48;5;238;");
        assert_eq!(codes(Color::Rgb(1, 2, 3), 30), "38;2;1;2;3;");
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let mut screen = Screen::new((4, 1));
        let frame = screen.frame(|cells| {
            cells[(0, 0)].set_symbol("\x07");
            cells[(3, 0)].set_symbol("界");
            None
        });
        assert!(!frame.contains('\x07') && !frame.contains('界'));
    }
}
