//! A screen as a picture: an SVG that needs no terminal and no particular font.

use crate::export::palette::{Rgb, between, rgb};
use crate::export::shapes::{GlyphShape, HEIGHT, WIDTH, shape};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// The terminal's own two colours, which a screen does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Of text without a colour.
    pub ink: Rgb,
    /// Of what lies under it.
    pub ground: Rgb,
}

impl Paper {
    /// Light letters on a dark ground.
    pub const DARK: Paper = Paper { ink: [220, 220, 220], ground: [16, 16, 20] };
    /// Dark letters on a light ground.
    pub const LIGHT: Paper = Paper { ink: [30, 30, 30], ground: [255, 255, 255] };
}

/// How a stretch of cells looks.
#[derive(Clone, Copy, PartialEq)]
struct CellLook {
    ink: Rgb,
    ground: Rgb,
    bold: bool,
    italic: bool,
    underlined: bool,
}

impl CellLook {
    fn of(cell: &Cell, paper: Paper) -> Self {
        let has = |modifier| cell.modifier.contains(modifier);
        let (mut ink, mut ground) = (rgb(cell.fg).unwrap_or(paper.ink), rgb(cell.bg).unwrap_or(paper.ground));
        if has(Modifier::REVERSED) {
            (ink, ground) = (ground, ink);
        }
        if has(Modifier::DIM) {
            ink = between(ink, ground);
        }
        if has(Modifier::HIDDEN) {
            ink = ground;
        }
        let underlined = has(Modifier::UNDERLINED);
        CellLook { ink, ground, bold: has(Modifier::BOLD), italic: has(Modifier::ITALIC), underlined }
    }
}

/// Draws a screen as a standalone SVG. Text stays text, each piece pinned to its columns; braille, boxes and blocks are
/// drawn as shapes.
pub fn svg(buffer: &Buffer, paper: Paper) -> String {
    let (width, height) = (f64::from(buffer.area.width) * WIDTH, f64::from(buffer.area.height) * HEIGHT);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace\" font-size=\"15\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
        hex(paper.ground)
    );
    for y in buffer.area.top()..buffer.area.bottom() {
        let row = SvgRow::read(buffer, y, paper);
        row.write_grounds(paper, &mut out);
        row.write_shapes(&mut out);
        row.write_letters(&mut out);
    }
    out + "</svg>\n"
}

/// One character of a row: its first column, how many it covers, its looks.
struct Letter<'a> {
    column: usize,
    width: usize,
    symbol: &'a str,
    look: CellLook,
}

struct SvgRow<'a> {
    top: f64,
    letters: Vec<Letter<'a>>,
}

impl<'a> SvgRow<'a> {
    fn read(buffer: &'a Buffer, y: u16, paper: Paper) -> Self {
        let mut letters = Vec::with_capacity(usize::from(buffer.area.width));
        let mut column = 0;
        while column < usize::from(buffer.area.width) {
            let cell = &buffer[(buffer.area.x + column as u16, y)];
            let width = cell.symbol().width().max(1);
            letters.push(Letter { column, width, symbol: cell.symbol(), look: CellLook::of(cell, paper) });
            column += width;
        }
        SvgRow { top: f64::from(y - buffer.area.y) * HEIGHT, letters }
    }

    /// Rectangles under the text and lines below it, one for each stretch of equal looks.
    fn write_grounds(&self, paper: Paper, out: &mut String) {
        for run in self
            .letters
            .chunk_by(|one, next| (one.look.ground, one.look.underlined) == (next.look.ground, next.look.underlined))
        {
            let (x, width, look) = (left(run), span(run), run[0].look);
            if look.ground != paper.ground {
                let fill = hex(look.ground);
                let _ = writeln!(
                    out,
                    "<rect x=\"{x}\" y=\"{}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{fill}\"/>",
                    self.top
                );
            }
            if look.underlined {
                let (y, fill) = (self.top + HEIGHT - 2.5, hex(look.ink));
                let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"1\" fill=\"{fill}\"/>");
            }
        }
    }

    /// One path for each stretch of shapes of one kind and colour.
    fn write_shapes(&self, out: &mut String) {
        let mut open: Option<(String, String)> = None;
        for letter in &self.letters {
            let Some(shape) =
                single(letter.symbol).and_then(|symbol| shape(symbol, letter.column as f64 * WIDTH, self.top))
            else {
                continue;
            };
            let colour = hex(letter.look.ink);
            let (path, paint) = match shape {
                GlyphShape::Fill(path, share) if share < 1.0 => {
                    (path, format!("fill=\"{colour}\" fill-opacity=\"{share}\""))
                }
                GlyphShape::Fill(path, _) => (path, format!("fill=\"{colour}\"")),
                GlyphShape::Stroke(path, width) => {
                    (path, format!("stroke=\"{colour}\" stroke-width=\"{width}\" fill=\"none\""))
                }
                GlyphShape::Dots(path) => {
                    (path, format!("stroke=\"{colour}\" stroke-width=\"2.4\" stroke-linecap=\"round\""))
                }
            };
            match &mut open {
                Some((paths, same)) if *same == paint => paths.push_str(&path),
                _ => {
                    flush(open.replace((path, paint)), out);
                }
            }
        }
        flush(open, out);
    }

    /// ASCII in words, each stretched to its columns; any other character on its own, in the middle of its columns.
    fn write_letters(&self, out: &mut String) {
        let is_drawn = |letter: &Letter<'_>| {
            letter.symbol.trim().is_empty()
                || single(letter.symbol).is_some_and(|symbol| shape(symbol, 0.0, 0.0).is_some())
        };
        let joined = |one: &Letter<'_>, next: &Letter<'_>| {
            one.look == next.look && [one, next].iter().all(|letter| letter.symbol.is_ascii() && !is_drawn(letter))
        };
        for run in self.letters.chunk_by(joined).filter(|run| !is_drawn(&run[0])) {
            let word: String = run.iter().map(|letter| escape(letter.symbol)).collect();
            let look = run[0].look;
            let (weight, slant) = (
                if look.bold { " font-weight=\"bold\"" } else { "" },
                if look.italic { " font-style=\"italic\"" } else { "" },
            );
            let (y, colour) = (self.top + HEIGHT - 4.6, hex(look.ink));
            let place = if run[0].symbol.is_ascii() {
                format!("x=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", left(run), span(run))
            } else {
                format!("x=\"{}\" text-anchor=\"middle\"", left(run) + span(run) / 2.0)
            };
            let _ = writeln!(out, "<text {place} y=\"{y}\" fill=\"{colour}\"{weight}{slant}>{word}</text>");
        }
    }
}

fn left(run: &[Letter<'_>]) -> f64 {
    run[0].column as f64 * WIDTH
}

fn span(run: &[Letter<'_>]) -> f64 {
    run.iter().map(|letter| letter.width).sum::<usize>() as f64 * WIDTH
}

fn single(symbol: &str) -> Option<char> {
    let mut symbols = symbol.chars();
    symbols.next().filter(|_| symbols.next().is_none())
}

fn flush(open: Option<(String, String)>, out: &mut String) {
    if let Some((path, paint)) = open {
        let _ = writeln!(out, "<path d=\"{path}\" {paint}/>");
    }
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Text as XML has it; what XML cannot hold is left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.chars() {
        match symbol {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            symbol if symbol.is_control() || matches!(symbol, '\u{fffe}' | '\u{ffff}') => {}
            symbol => out.push(symbol),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{layout::Rect, style::Style};

    /// Whether every tag is closed in order and no bare `&` or `<` stands in the text.
    fn is_well_formed(xml: &str) -> bool {
        let mut open = Vec::new();
        for part in xml.split('<').skip(1) {
            let Some((tag, text)) = part.split_once('>') else { return false };
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
            match (tag.starts_with('/'), tag.ends_with('/')) {
                (true, _) if open.pop() != Some(name) => return false,
                (false, false) => open.push(name),
                _ => {}
            }
            let entities = ["&amp;", "&lt;", "&gt;"].iter().map(|entity| text.matches(entity).count()).sum::<usize>();
            if tag.matches('"').count() % 2 == 1 || text.matches('&').count() != entities {
                return false;
            }
        }
        open.is_empty()
    }

    #[test]
    fn a_picture_is_well_formed_and_says_what_the_screen_says() {
        let mut buffer = Buffer::empty(Rect::new(5, 5, 30, 6));
        buffer.set_string(5, 5, "a < b && c > \"d\"", Style::new().bold());
        buffer.set_string(5, 6, "┌─┄━┼│┘ ⠑⣿⠀ ▁▄█▌░▚ ◆▶", Style::new().dim().reversed());
        buffer.set_string(5, 7, "φ(α) ≤ 漢字 end", Style::new().underlined().italic());
        buffer[(20, 8)].set_symbol("\u{1b}\u{0}");
        let picture = svg(&buffer, Paper::DARK);
        assert!(is_well_formed(&picture), "{picture}");
        assert!(
            picture.contains(">a</text>") && picture.contains(">&lt;</text>") && picture.contains(">&amp;&amp;</text>")
        );
        assert!(picture.contains(">漢</text>") && picture.contains("viewBox=\"0 0 270 108\""));
        assert!(!picture.contains('\u{1b}') && !picture.contains('⣿') && !picture.contains('┼'));
        assert!(!is_well_formed("<a><b></a>") && !is_well_formed("<a>&</a>"));
    }

    #[test]
    fn words_stand_on_their_columns() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(3, 0, "step α", Style::new());
        let picture = svg(&buffer, Paper::LIGHT);
        assert!(picture.contains("<text x=\"27\" textLength=\"36\""), "{picture}");
        assert!(picture.contains("<text x=\"76.5\" text-anchor=\"middle\""), "{picture}");
        assert!(is_well_formed(&svg(&Buffer::empty(Rect::ZERO), Paper::LIGHT)));
    }
}
