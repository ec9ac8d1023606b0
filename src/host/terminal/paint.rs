//! Painting: what changed since the last frame, in as few bytes as it takes.

use std::fmt::Write as _;

use crate::host::terminal::pen::Pen;
use crossterm::Command;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

/// What is to be seen: cells, and where the cursor rests. It knows no terminal, so that many can be shown the same.
pub struct Picture {
    cells: Buffer,
    cursor: Option<(u16, u16)>,
}

impl Picture {
    /// An empty picture of this size.
    fn blank((width, height): (u16, u16)) -> Self {
        Self { cells: Buffer::empty(Rect::new(0, 0, width, height)), cursor: None }
    }

    /// Draws it anew: `draw` gets blank cells and says where the cursor rests (column, row); without a place it is hidden.
    fn draw(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>) {
        self.cells.reset();
        let Rect { width, height, .. } = *self.cells.area();
        self.cursor = draw(&mut self.cells).filter(|(x, y)| *x < width && *y < height);
        for cell in self.cells.content.iter_mut().filter(|cell| is_obeyed(cell.symbol())) {
            cell.set_symbol(" "); // the terminal would obey it
        }
    }
}

/// What one terminal shows: the last picture whose bytes were handed over. Whoever asks for a frame hands all of it over
/// before asking for the next, so each frame leads from a whole picture to a whole picture.
pub struct Screen {
    shown: Picture,
    next: Picture,
    /// Is everything unknown, so that the next frame has to start from a cleared screen?
    lost: bool,
}

impl Screen {
    /// A screen of this size of which nothing is known.
    pub fn new(size: (u16, u16)) -> Self {
        Self { shown: Picture::blank(size), next: Picture::blank(size), lost: true }
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.shown.cells.area.width, self.shown.cells.area.height)
    }

    /// The bytes that bring the terminal to what `draw` draws; none when nothing changed.
    pub fn frame(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>) -> String {
        self.next.draw(draw);
        let frame = self.bytes_to(&self.next);
        std::mem::swap(&mut self.shown, &mut self.next);
        self.lost = false;
        frame
    }

    /// The bytes that bring the terminal from the picture that it shows to another of the same size.
    fn bytes_to(&self, next: &Picture) -> String {
        let mut cells = String::new();
        let blank;
        let shown = if self.lost {
            cells.push_str("\x1b[0m");
            put(&mut cells, Clear(ClearType::All));
            blank = Picture::blank(self.size());
            &blank
        } else {
            &self.shown
        };
        let mut brush = Brush { out: cells, cells: &next.cells, at: None, pen: Pen::default() };
        let places = changes(&shown.cells, &next.cells);
        let mut left = &places[..];
        while let [(x, y), others @ ..] = left {
            left = match brush.erase(*x, *y, left) {
                0 => {
                    brush.cell(*x, *y);
                    others
                }
                erased => &left[erased..],
            };
        }
        let cells = brush.finish();
        if cells.is_empty() && next.cursor == shown.cursor {
            return String::new();
        }
        let mut frame = String::new();
        put(&mut frame, BeginSynchronizedUpdate);
        if shown.cursor.is_some() || self.lost {
            put(&mut frame, Hide);
        }
        frame.push_str(&cells);
        if let Some((x, y)) = next.cursor {
            put(&mut frame, MoveTo(x, y));
            put(&mut frame, Show);
        }
        put(&mut frame, EndSynchronizedUpdate);
        frame
    }
}

/// The places, row by row, where the next frame differs from the one that is shown.
///
/// A wide character covers the cell after it. Where one goes away, terminals leave its second half in a colour of their
/// choice, so that cell is written too, even if it should look as before (`Buffer::diff` forgets that).
fn changes(shown: &Buffer, next: &Buffer) -> Vec<(u16, u16)> {
    let mut places = Vec::new();
    let columns = usize::from(next.area.width).max(1);
    let rows = shown.content.chunks_exact(columns).zip(next.content.chunks_exact(columns));
    for (y, (shown, next)) in rows.enumerate().filter(|(_, (shown, next))| shown != next) {
        let differs = |x: usize| !looks_like(&shown[x], &next[x]);
        let mut x = 0;
        while x < columns {
            if differs(x) || (x > 0 && differs(x - 1) && width(&shown[x - 1]) > 1) {
                places.push((x as u16, y as u16));
            }
            x += width(&next[x]).max(1);
        }
    }
    places
}

/// Whether two cells look alike: of a blank one nobody sees the ink.
fn looks_like(one: &Cell, other: &Cell) -> bool {
    let blank = |cell: &Cell| cell.symbol() == " " && !cell.modifier.intersects(ON_BLANKS);
    one == other || (one.bg == other.bg && blank(one) && blank(other))
}

/// The modifiers that are seen where nothing is written.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// Whether a symbol holds a control character; a single character of three bytes or more is none.
fn is_obeyed(symbol: &str) -> bool {
    match symbol.as_bytes() {
        [b' '..=b'~'] | [0xe1..=0xef, _, _] => false,
        _ => symbol.contains(char::is_control),
    }
}

/// How many columns a cell's symbol takes.
fn width(cell: &Cell) -> usize {
    match cell.symbol().as_bytes() {
        // Plain letters and braille, of which a screen is full, need no table.
        [_] | [0xe2, 0xa0..=0xa3, _] => 1,
        _ => cell.symbol().width(),
    }
}

/// Terminals agree on the width of a single narrow character, and on little else.
fn is_simple(cell: &Cell) -> bool {
    width(cell) == 1 && cell.symbol().chars().nth(1).is_none()
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
        self.change(self.pen_for(cell));
        let symbol = cell.symbol();
        let width = width(cell);
        let fits = width > 0 && usize::from(x) + width <= usize::from(self.cells.area.width);
        self.out.push_str(if fits { symbol } else { " " });
        self.at = (!fits || is_simple(cell)).then_some((x + 1, y));
    }

    /// Erases the blanks from a place on, where that is shorter than to write them: those up to the last one among the
    /// changed `places`, of which it tells how many they were.
    fn erase(&mut self, x: u16, y: u16, places: &[(u16, u16)]) -> usize {
        let is_blank = |x: &u16| {
            let cell = &self.cells[(*x, y)];
            cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(ON_BLANKS)
        };
        let end = (x..self.cells.area.width).take_while(is_blank).last().map_or(x, |last| last + 1);
        let changed = places.iter().take_while(|(column, row)| *row == y && *column < end).count();
        let is_to_edge = end == self.cells.area.width;
        if changed < if is_to_edge { 4 } else { 10 } {
            return 0;
        }
        self.go(x, y);
        self.at = Some((x, y));
        self.change(self.pen_for(&self.cells[(x, y)]));
        if is_to_edge {
            self.out.push_str("\x1b[K");
        } else {
            write!(self.out, "\x1b[{}X", places[changed - 1].0 + 1 - x).ok();
        }
        changed
    }

    /// Goes to a place the shortest way: a short one over text that is there by writing it again.
    fn go(&mut self, x: u16, y: u16) {
        let absolute = || match x {
            0 => format!("\x1b[{}H", y + 1),
            _ => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let right = |columns: u16| match columns {
            0 => String::new(),
            1 => "\x1b[C".to_owned(),
            _ => format!("\x1b[{columns}C"),
        };
        let way = match self.at {
            Some((column, row)) if row == y && column <= x => {
                self.rewritten(column, x, y).filter(|text| text.len() <= 4).unwrap_or_else(|| right(x - column))
            }
            Some((_, row)) if row + 1 == y && x <= 9 => "\r\n".to_owned() + &right(x),
            _ => absolute(),
        };
        self.out.push_str(&way);
    }

    /// The text from one column up to another, if it can be written again with the pen in hand.
    fn rewritten(&self, from: u16, to: u16, y: u16) -> Option<String> {
        let mut between = (from..to.min(from.saturating_add(5))).map(|x| &self.cells[(x, y)]);
        let text = between.clone().map(Cell::symbol).collect();
        (to - from <= 4 && between.all(|cell| is_simple(cell) && self.pen_for(cell) == self.pen)).then_some(text)
    }

    /// The pen for a cell: for a blank one, whichever is in hand, but with the right paper.
    fn pen_for(&self, cell: &Cell) -> Pen {
        let pen = Pen::of(cell);
        if cell.symbol() == " " && !(pen.modifier | self.pen.modifier).intersects(ON_BLANKS) {
            return Pen { paper: pen.paper, ..self.pen };
        }
        pen
    }

    /// Takes another pen, saying only what differs, or else everything anew, whichever is shorter.
    fn change(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        let mut codes = self.pen.codes_to(pen);
        if !pen.modifier.contains(self.pen.modifier) || pen == Pen::default() {
            let anew = "0;".to_owned() + &Pen::default().codes_to(pen);
            codes = if anew.len() <= codes.len() { anew } else { codes };
        }
        codes.pop();
        write!(self.out, "\x1b[{}m", if codes == "0" { "" } else { &codes }).ok();
        self.pen = pen;
    }

    /// Lays the pen down and hands over what was written.
    fn finish(mut self) -> String {
        self.change(Pen::default());
        self.out
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
    fn ways_and_pens_are_said_in_the_fewest_bytes() {
        let mut screen = Screen::new((20, 3));
        let bold = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);
        let mut draw = |texts: &[(u16, u16, &str, Style)]| {
            let frame = screen.frame(|cells| {
                for (x, y, text, style) in texts {
                    cells.set_string(*x, *y, text, *style);
                }
                None
            });
            frame.replace("\x1b[?2026h", "").replace("\x1b[?2026l", "")
        };
        let plain = Style::new();
        draw(&[]);
        assert_eq!(draw(&[(0, 0, "a", bold), (1, 0, "b", plain.fg(Color::Cyan))]), "\x1b[1H\x1b[1;36ma\x1b[22mb\x1b[m");
        assert_eq!(draw(&[(0, 0, "a", bold), (1, 0, "c", plain.fg(Color::Cyan))]), "\x1b[1;2H\x1b[36mc\x1b[m");
        draw(&[(0, 0, "a─b", plain), (0, 1, "abcdefgh", plain)]);
        assert_eq!(draw(&[(0, 0, "x─y", plain), (0, 1, "zbcdefgz", plain)]), "\x1b[1Hx─y\r\nz\x1b[6Cz");
        assert_eq!(draw(&[(0, 0, "x─y", plain), (0, 1, "zbcdefgz ", bold)]), "\x1b[2H\x1b[1;36mzbcdefgz\x1b[m");
        assert_eq!(
            draw(&[(0, 0, "x─y   ", plain), (0, 1, "zbcdefgz", bold), (9, 1, "   ", bold)]),
            "",
            "nobody sees it"
        );
        assert_eq!(
            draw(&[(0, 0, "x─y", plain), (0, 1, "zbcdefgz", bold), (9, 1, " ", plain.bg(Color::Red))]),
            "\x1b[2;10H\x1b[41m \x1b[m"
        );
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
