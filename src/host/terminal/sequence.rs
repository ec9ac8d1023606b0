//! What a sequence of numbers (CSI) stands for: a key in one of the protocols of keyboards, a size, or an answer.

use crate::app::key::press::{Code, Input, Key};

/// `ESC [ number ; modifiers last`, as xterm sends it and everybody else after it; kitty's protocol adds fields to each
/// number, parted by colons. All else of this kind is an answer.
pub fn control_sequence(parameters: &[u8], last: u8) -> Option<Input> {
    if !parameters.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':')) {
        return None; // what is private or has an intermediate byte: DA, DECRQM, a mouse, the state of a keyboard
    }
    let parameters = std::str::from_utf8(parameters).ok()?;
    let field = |place: usize, part: usize| -> Option<u32> {
        parameters.split(';').nth(place)?.split(':').nth(part)?.parse().ok()
    };
    let number = field(0, 0).unwrap_or(1);
    match (last, number) {
        (b'n', 0 | 3) => return Some(Input::Answer),
        (b't', 48) => {
            let side = |place| field(place, 0).and_then(|side| u16::try_from(side).ok()).filter(|side| *side > 0);
            return Some(Input::Resize(side(2)?, side(1)?));
        }
        _ => {}
    }
    let held = field(1, 0).unwrap_or(1).saturating_sub(1);
    let (shift, alt, ctrl) = (held & 1 != 0, held & 2 != 0, held & 4 != 0);
    // A key that is let go is none, and one with super, hyper or meta is not meant for us.
    if field(1, 1) == Some(3) || held & 0b11_1000 != 0 {
        return None;
    }
    let code = match (last, number) {
        (b'Z', _) => return Some(Key { shift: true, ..Key::plain(Code::Tab) }.into()),
        (b'~', 1 | 7) => Code::Home,
        (b'~', 3) => Code::Delete,
        (b'~', 4 | 8) => Code::End,
        (b'~', 5) => Code::PageUp,
        (b'~', 6) => Code::PageDown,
        (b'~', 11..=15) => Code::Function(number as u8 - 10),
        (b'~', 17..=21) => Code::Function(number as u8 - 11),
        (b'~', 23 | 24) => Code::Function(number as u8 - 12),
        (b'~', 27) => typed(field(2, 0)?)?, // xterm's modifyOtherKeys
        (b'u', _) => {
            let text = field(2, 0).filter(|_| !alt && !ctrl);
            match typed(text.or(field(0, 1).filter(|_| shift)).unwrap_or(number))? {
                Code::Char(letter) if shift => Code::Char(letter.to_ascii_uppercase()),
                code => code,
            }
        }
        _ => lettered(last)?,
    };
    let is_char = matches!(code, Code::Char(_));
    Some(Key { code, shift: shift && !is_char, alt, ctrl }.into())
}

/// The key with a number: that of its character, or one that kitty gives to keys without.
pub fn typed(number: u32) -> Option<Code> {
    Some(match number {
        9 => Code::Tab,
        13 | 57_414 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        57_399..=57_408 => Code::Char(char::from_digit(number - 57_399, 10)?),
        57_409..=57_413 => Code::Char(['.', '/', '*', '-', '+'][(number - 57_409) as usize]),
        57_415 => Code::Char('='),
        57_416 => Code::Char(','),
        57_417 => Code::Left,
        57_418 => Code::Right,
        57_419 => Code::Up,
        57_420 => Code::Down,
        57_421 => Code::PageUp,
        57_422 => Code::PageDown,
        57_423 => Code::Home,
        57_424 => Code::End,
        57_426 => Code::Delete,
        57_344..=63_743 => return None, // a modifier alone, a key of a player
        _ => Code::Char(char::from_u32(number).filter(|letter| !letter.is_control())?),
    })
}

/// The keys that end in a letter. Not F3, which as `CSI R` is the answer to where the cursor is.
pub fn lettered(letter: u8) -> Option<Code> {
    Some(match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P' | b'Q' | b'S' => Code::Function(letter - b'P' + 1),
        _ => return None,
    })
}
