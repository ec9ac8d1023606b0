//! From the bytes that a terminal sends to the keys that were pressed.
//!
//! Ours and not crossterm's reader: that one never notices that the terminal is gone (it reads nothing, for ever, at
//! full speed), and takes an arrow whose bytes arrive in two pieces for Esc and two letters.

use crate::app::key::{Code, Input, Key};

/// What a terminal sends when pasted text begins and ends.
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// Turns bytes into inputs, and keeps what is not complete yet.
#[derive(Default)]
pub struct Decoder {
    held: Vec<u8>,
    pasted: Option<Vec<u8>>,
}

impl Decoder {
    /// Takes bytes as they come and tells what they mean.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        for &byte in bytes {
            if let Some(text) = &mut self.pasted {
                text.push(byte);
                if text.ends_with(PASTE_ENDS) {
                    text.truncate(text.len() - PASTE_ENDS.len());
                    let text = String::from_utf8_lossy(text).replace("\r\n", "\n").replace('\r', "\n");
                    inputs.push(Input::Paste(text));
                    self.pasted = None;
                }
                continue;
            }
            self.held.push(byte);
            while let Some(length) = length(&self.held) {
                let rest = self.held.split_off(length);
                let whole = std::mem::replace(&mut self.held, rest);
                if whole == PASTE_BEGINS {
                    self.pasted = Some(Vec::new());
                } else {
                    inputs.extend(key(&whole).map(Input::Key));
                }
            }
        }
        inputs
    }

    /// Is there an Esc of which only time can tell whether more follows?
    pub fn waits(&self) -> bool {
        self.held.first() == Some(&0x1b)
    }

    /// Nothing followed: Esc was a key of its own.
    pub fn give_up(&mut self) -> Vec<Input> {
        match std::mem::take(&mut self.held).as_slice() {
            [0x1b] => vec![Input::Key(Key::plain(Code::Esc))],
            [0x1b, byte] => vec![Input::Key(Key { alt: true, ..Key::char(char::from(*byte)) })],
            _ => Vec::new(), // a broken sequence means nothing
        }
    }
}

/// How many bytes the first key in `bytes` takes, or `None` while it is incomplete.
fn length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [] | [0x1b] => None,
        [0x1b, 0x1b, ..] => Some(1),
        [0x1b, b'[', b'[', ..] => (bytes.len() > 3).then_some(4), // F1 to F5 of the Linux console
        [0x1b, b'[', rest @ ..] => {
            let last = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte))?;
            Some(last + if (0x40..=0x7e).contains(&rest[last]) { 3 } else { 2 })
        }
        [0x1b, b'O', ..] => (bytes.len() > 2).then_some(3),
        [0x1b, rest @ ..] => length(rest).map(|length| length + 1),
        [first, rest @ ..] => {
            let following = match first {
                0xc2..=0xdf => 1,
                0xe0..=0xef => 2,
                0xf0..=0xf4 => 3,
                _ => 0,
            };
            match rest.iter().take(following).position(|byte| !(0x80..=0xbf).contains(byte)) {
                Some(_) => Some(1), // a broken character costs only itself
                None => (rest.len() >= following).then_some(following + 1),
            }
        }
    }
}

/// The key that one complete sequence stands for, if it stands for one that we know.
fn key(bytes: &[u8]) -> Option<Key> {
    match bytes {
        [0x1b] => Some(Key::plain(Code::Esc)),
        [0x1b, b'[', b'[', letter @ b'A'..=b'E'] => Some(Key::plain(Code::Function(letter - b'A' + 1))),
        [0x1b, b'[', numbers @ .., last] => control_sequence(std::str::from_utf8(numbers).ok()?, *last),
        [0x1b, b'O', letter] => lettered(*letter).map(Key::plain),
        [0x1b, rest @ ..] => key(rest).map(|key| Key { alt: true, ..key }),
        [0] => Some(Key::ctrl(' ')),
        [b'\t'] => Some(Key::plain(Code::Tab)),
        [b'\r' | b'\n'] => Some(Key::plain(Code::Enter)),
        [0x08 | 0x7f] => Some(Key::plain(Code::Backspace)),
        [byte @ 1..=26] => Some(Key::ctrl(char::from(byte + 0x60))),
        [byte @ 28..=31] => Some(Key::ctrl(char::from(byte + 0x40))),
        _ => std::str::from_utf8(bytes).ok()?.chars().next().map(Key::char),
    }
}

/// `ESC [ number ; modifiers last`, as xterm sends it and everybody else after it.
fn control_sequence(numbers: &str, last: u8) -> Option<Key> {
    let mut numbers = numbers.split(';').map(|number| number.split(':').next().and_then(|text| text.parse().ok()));
    let number: u32 = numbers.next().flatten().unwrap_or(1);
    let held = numbers.next().flatten().unwrap_or(1).saturating_sub(1);
    let code = match (last, number) {
        (b'Z', _) => return Some(Key { shift: true, ..Key::plain(Code::Tab) }),
        (b'~', 1 | 7) => Code::Home,
        (b'~', 3) => Code::Delete,
        (b'~', 4 | 8) => Code::End,
        (b'~', 5) => Code::PageUp,
        (b'~', 6) => Code::PageDown,
        (b'~', 11..=15) => Code::Function(number as u8 - 10),
        (b'~', 17..=21) => Code::Function(number as u8 - 11),
        (b'~', 23 | 24) => Code::Function(number as u8 - 12),
        (b'u', 9) => Code::Tab,
        (b'u', 13) => Code::Enter,
        (b'u', 27) => Code::Esc,
        (b'u', 127) => Code::Backspace,
        (b'u', char) => Code::Char(char::from_u32(char)?),
        _ => lettered(last)?,
    };
    let is_char = matches!(code, Code::Char(_));
    Some(Key { code, shift: held & 1 != 0 && !is_char, alt: held & 2 != 0, ctrl: held & 4 != 0 })
}

/// The keys that end in a letter.
fn lettered(letter: u8) -> Option<Code> {
    Some(match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'M' => Code::Enter,
        b'P'..=b'S' => Code::Function(letter - b'P' + 1),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> String {
        let mut decoder = Decoder::default();
        let mut inputs = decoder.feed(bytes);
        inputs.extend(decoder.give_up());
        let names = inputs.iter().map(|input| match input {
            Input::Key(key) => format!("{key:#}"),
            Input::Paste(text) => format!("paste {text:?}"),
            other => format!("{other:?}"),
        });
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn bytes_become_keys() {
        for (bytes, names) in [
            (&b"s0.5"[..], "s 0 . 5"),
            (b"\x1b[A\x1b[B\x1b[C\x1b[D\x1bOA\x1bOC", "up down right left up right"),
            (b"\x1b[1;2C\x1b[1;5D\x1b[5;3~", "shift-right ctrl-left alt-PgUp"),
            (b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[3~\x1b[6~", "Home End Home End Del PgDn"),
            (b"\x1bOP\x1b[15~\x1b[17~\x1b[24~\x1b[[A\x1b[1;2S", "F1 F5 F6 F12 F1 shift-F4"),
            (b"\r\n\t\x1b[Z\x7f\x08", "Enter Enter Tab shift-Tab Backspace Backspace"),
            (b"\x03\x1a\x00\x1c", "ctrl-c ctrl-z ctrl-space ctrl-\\"),
            (b"\x1bx\x1b\r\x1b", "alt-x alt-Enter Esc"),
            (b"\x1b\x1b", "Esc Esc"),
            (b"\x1b\x1b[A", "Esc up"),
            (b"\x1bO", "alt-O"),
            (b"\x1b[97;5u\x1b[69;2u\x1b[27u", "ctrl-a E Esc"),
            ("ä∇界🏔".as_bytes(), "ä ∇ 界 🏔"),
            (b"\xffa\xc3b\xe2\x82c", "a b c"),
            (b"\x1b[?1;2c\x1b[Ia", "a"),
            (b"\x1b[200~x1\r\nx2\x03\x1b[201~q", "paste \"x1\\nx2\\u{3}\" q"),
        ] {
            assert_eq!(keys(bytes), names, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn pieces_are_put_together() {
        let bytes = "\x1b[1;2Cα\x1b[200~two words\x1b[201~\x1b[A".as_bytes();
        let mut decoder = Decoder::default();
        let inputs: Vec<Input> = bytes.iter().flat_map(|byte| decoder.feed(&[*byte])).collect();
        assert_eq!(inputs, Decoder::default().feed(bytes));
        assert_eq!(inputs.len(), 4);
        assert!(!decoder.waits());
        decoder.feed(b"\x1b[");
        assert!(decoder.waits(), "an arrow may follow");
    }
}
