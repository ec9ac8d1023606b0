//! Braille, boxes and blocks as geometry, so that a picture of a screen looks the same with every font.

use std::fmt::Write as _;

/// The width of a cell in the units of the picture.
pub const WIDTH: f64 = 9.0;
pub const HEIGHT: f64 = 18.0;

/// What a character looks like, as commands of an SVG path, and how it is put on paper.
pub enum GlyphShape {
    /// An area to be filled; the number is how much of it is covered, 0 to 1.
    Fill(String, f64),
    /// A line of this width to be drawn along.
    Stroke(String, f64),
    /// Round dots.
    Dots(String),
}

/// The geometry of a character in the cell whose upper left corner is at (x, y), unless letters are the better way.
pub fn shape(symbol: char, x: f64, y: f64) -> Option<GlyphShape> {
    match symbol {
        '\u{2801}'..='\u{28ff}' => Some(GlyphShape::Dots(braille(symbol, x, y))),
        '░' => Some(GlyphShape::Fill(area(x, y, [0.0, 0.0, 1.0, 1.0]), 0.25)),
        '▒' => Some(GlyphShape::Fill(area(x, y, [0.0, 0.0, 1.0, 1.0]), 0.5)),
        '▓' => Some(GlyphShape::Fill(area(x, y, [0.0, 0.0, 1.0, 1.0]), 0.75)),
        '\u{2580}'..='\u{259f}' => block(symbol).map(|parts| {
            let paths: String = parts.into_iter().map(|part| area(x, y, part)).collect();
            GlyphShape::Fill(paths, 1.0)
        }),
        '\u{2500}'..='\u{257f}' => lines(symbol, x, y),
        _ => polygon(symbol).map(|corners| GlyphShape::Fill(outline(x, y, corners), 1.0)),
    }
}

fn braille(symbol: char, x: f64, y: f64) -> String {
    let mut path = String::new();
    let bits = symbol as u32 - 0x2800;
    for (bit, (column, row)) in
        [(0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (1.0, 0.0), (1.0, 1.0), (1.0, 2.0), (0.0, 3.0), (1.0, 3.0)]
            .into_iter()
            .enumerate()
    {
        if bits >> bit & 1 == 1 {
            let _ = write!(path, "M{} {}h.01", x + WIDTH * (0.25 + column / 2.0), y + HEIGHT * (0.125 + row / 4.0));
        }
    }
    path
}

/// A rectangle as shares of the cell: left, top, right, bottom.
fn area(x: f64, y: f64, [left, top, right, bottom]: [f64; 4]) -> String {
    let (width, height) = ((right - left) * WIDTH, (bottom - top) * HEIGHT);
    format!("M{} {}h{width}v{height}h-{width}z", x + left * WIDTH, y + top * HEIGHT)
}

fn block(symbol: char) -> Option<Vec<[f64; 4]>> {
    let eighth = |from: char| f64::from(symbol as u32 - from as u32 + 1) / 8.0;
    let quarters = |mask: u8| {
        let all = [[0.0, 0.0, 0.5, 0.5], [0.5, 0.0, 1.0, 0.5], [0.0, 0.5, 0.5, 1.0], [0.5, 0.5, 1.0, 1.0]];
        all.into_iter().enumerate().filter(|(index, _)| mask >> index & 1 == 1).map(|(_, part)| part).collect()
    };
    Some(match symbol {
        '▀' => vec![[0.0, 0.0, 1.0, 0.5]],
        '▁'..='█' => vec![[0.0, 1.0 - eighth('▁'), 1.0, 1.0]],
        '▉'..='▏' => vec![[0.0, 0.0, 1.0 - eighth('▉'), 1.0]],
        '▐' => vec![[0.5, 0.0, 1.0, 1.0]],
        '▔' => vec![[0.0, 0.0, 1.0, 0.125]],
        '▕' => vec![[0.875, 0.0, 1.0, 1.0]],
        '▖'..='▟' => quarters([4, 8, 1, 13, 9, 7, 11, 2, 6, 14][symbol as usize - '▖' as usize]),
        _ => return None,
    })
}

/// Lines from the middle of the cell to its edges; dashes keep their gaps. Rare forms are left to the font.
fn lines(symbol: char, x: f64, y: f64) -> Option<GlyphShape> {
    let (arms, width) = match symbol {
        '─' | '╌' | '┄' | '┈' => ("lr", 1.2),
        '│' | '╎' | '┆' | '┊' => ("ud", 1.2),
        '┌' | '╭' => ("rd", 1.2),
        '┐' | '╮' => ("ld", 1.2),
        '└' | '╰' => ("ur", 1.2),
        '┘' | '╯' => ("ul", 1.2),
        '├' => ("urd", 1.2),
        '┤' => ("uld", 1.2),
        '┬' => ("lrd", 1.2),
        '┴' => ("ulr", 1.2),
        '┼' => ("ulrd", 1.2),
        '╴' => ("l", 1.2),
        '╵' => ("u", 1.2),
        '╶' => ("r", 1.2),
        '╷' => ("d", 1.2),
        '━' | '═' => ("lr", 3.0),
        '┃' | '║' => ("ud", 3.0),
        '┏' | '╔' => ("rd", 3.0),
        '┓' | '╗' => ("ld", 3.0),
        '┗' | '╚' => ("ur", 3.0),
        '┛' | '╝' => ("ul", 3.0),
        '┣' | '╠' => ("urd", 3.0),
        '┫' | '╣' => ("uld", 3.0),
        '┳' | '╦' => ("lrd", 3.0),
        '┻' | '╩' => ("ulr", 3.0),
        '╋' | '╬' => ("ulrd", 3.0),
        _ => return None,
    };
    let (middle, centre) = (x + WIDTH / 2.0, y + HEIGHT / 2.0);
    let path = match symbol {
        '╌' | '┄' | '┈' => format!("M{} {centre}h1.8m1.2 0h1.8m1.2 0h1.8", x + 0.6),
        '╎' | '┆' | '┊' => format!("M{middle} {}v3.6m0 2.4v3.6m0 2.4v3.6", y + 1.2),
        _ => arms.chars().fold(String::new(), |mut path, arm| {
            let (command, way) = match arm {
                'u' => ('v', -HEIGHT / 2.0),
                'd' => ('v', HEIGHT / 2.0),
                'l' => ('h', -WIDTH / 2.0),
                _ => ('h', WIDTH / 2.0),
            };
            let _ = write!(path, "M{middle} {centre}{command}{way}");
            path
        }),
    };
    Some(GlyphShape::Stroke(path, width))
}

/// The corners of a filled mark, as shares of the cell.
fn polygon(symbol: char) -> Option<&'static [(f64, f64)]> {
    Some(match symbol {
        '◆' => &[(0.5, 0.2), (1.05, 0.5), (0.5, 0.8), (-0.05, 0.5)],
        '■' => &[(0.05, 0.28), (0.95, 0.28), (0.95, 0.73), (0.05, 0.73)],
        '▶' => &[(0.05, 0.25), (1.0, 0.5), (0.05, 0.75)],
        '◀' => &[(0.95, 0.25), (0.0, 0.5), (0.95, 0.75)],
        '▲' => &[(0.5, 0.25), (1.0, 0.72), (0.0, 0.72)],
        '▼' => &[(0.5, 0.75), (1.0, 0.28), (0.0, 0.28)],
        _ => return None,
    })
}

fn outline(x: f64, y: f64, corners: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, (across, down)) in corners.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{command}{:.2} {:.2}", x + across * WIDTH, y + down * HEIGHT);
    }
    path + "z"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braille_has_a_dot_for_each_bit() {
        for bits in 1..=255u32 {
            let symbol = char::from_u32(0x2800 + bits).unwrap();
            let Some(GlyphShape::Dots(path)) = shape(symbol, 0.0, 0.0) else { panic!("{symbol}") };
            assert_eq!(path.matches('M').count() as u32, bits.count_ones());
        }
    }

    #[test]
    fn blocks_cover_what_they_should() {
        for (symbol, parts) in [
            ('▀', vec![[0.0, 0.0, 1.0, 0.5]]),
            ('▄', vec![[0.0, 0.5, 1.0, 1.0]]),
            ('█', vec![[0.0, 0.0, 1.0, 1.0]]),
            ('▌', vec![[0.0, 0.0, 0.5, 1.0]]),
            ('▏', vec![[0.0, 0.0, 0.125, 1.0]]),
            ('▝', vec![[0.5, 0.0, 1.0, 0.5]]),
            ('▚', vec![[0.0, 0.0, 0.5, 0.5], [0.5, 0.5, 1.0, 1.0]]),
        ] {
            assert_eq!(block(symbol), Some(parts), "{symbol}");
        }
        // The joins of a frame are as heavy as its sides.
        for (join, side) in [('┣', '┃'), ('┫', '┃'), ('├', '│'), ('┤', '│')] {
            let width = |symbol| match shape(symbol, 0.0, 0.0) {
                Some(GlyphShape::Stroke(_, width)) => width,
                _ => 0.0,
            };
            assert_eq!(width(join), width(side), "{join}");
        }
        for symbol in ('\u{2500}'..='\u{259f}').chain("◆■▶◀▲▼".chars()) {
            let _ = shape(symbol, 9.0, 18.0);
        }
        assert!(shape('a', 0.0, 0.0).is_none() && shape('┼', 0.0, 0.0).is_some() && shape('░', 0.0, 0.0).is_some());
    }
}
