//! How red, green and blue each terminal colour is; to translate colours that were chosen elsewhere, not to choose any.

use ratatui::style::Color;

/// Red, green and blue, 0 to 255.
pub type Rgb = [u8; 3];

/// The first sixteen colours, as xterm has them, a little softened so that they suit a dark and a light ground.
const SIXTEEN: [Rgb; 16] = [
    [0, 0, 0],
    [197, 45, 45],
    [30, 140, 50],
    [180, 130, 0],
    [50, 90, 205],
    [165, 60, 165],
    [0, 140, 155],
    [200, 200, 200],
    [110, 110, 110],
    [245, 95, 85],
    [80, 215, 100],
    [245, 215, 80],
    [105, 155, 255],
    [235, 130, 235],
    [85, 220, 230],
    [255, 255, 255],
];

/// The colour as red, green and blue, or nothing for the terminal's own.
pub fn rgb(colour: Color) -> Option<Rgb> {
    Some(match colour {
        Color::Reset => return None,
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Indexed(index) => indexed(index),
        Color::Black => SIXTEEN[0],
        Color::Red => SIXTEEN[1],
        Color::Green => SIXTEEN[2],
        Color::Yellow => SIXTEEN[3],
        Color::Blue => SIXTEEN[4],
        Color::Magenta => SIXTEEN[5],
        Color::Cyan => SIXTEEN[6],
        Color::Gray => SIXTEEN[7],
        Color::DarkGray => SIXTEEN[8],
        Color::LightRed => SIXTEEN[9],
        Color::LightGreen => SIXTEEN[10],
        Color::LightYellow => SIXTEEN[11],
        Color::LightBlue => SIXTEEN[12],
        Color::LightMagenta => SIXTEEN[13],
        Color::LightCyan => SIXTEEN[14],
        Color::White => SIXTEEN[15],
    })
}

/// Sixteen named colours, a cube of 6 × 6 × 6, and 24 greys.
fn indexed(index: u8) -> Rgb {
    match index {
        0..=15 => SIXTEEN[usize::from(index)],
        16..=231 => {
            let side = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let cube = index - 16;
            [side(cube / 36), side(cube / 6 % 6), side(cube % 6)]
        }
        232.. => [8 + 10 * (index - 232); 3],
    }
}

/// The colour half way between two.
pub fn between(one: Rgb, other: Rgb) -> Rgb {
    [0, 1, 2].map(|part| one[part].midpoint(other[part]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palette_is_that_of_xterm() {
        for (index, expected) in
            [(16, [0, 0, 0]), (208, [255, 135, 0]), (45, [0, 215, 255]), (231, [255; 3]), (234, [28; 3])]
        {
            assert_eq!(rgb(Color::Indexed(index)), Some(expected));
        }
        assert_eq!(rgb(Color::Indexed(255)), Some([238; 3]));
        assert_eq!(rgb(Color::Reset), None);
        assert_eq!(between([0, 100, 255], [255, 100, 255]), [127, 100, 255]);
    }
}
