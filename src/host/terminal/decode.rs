//! From the bytes that a terminal sends to the keys that were pressed, and to what it answers, which is never a key.
//!
//! Ours and not crossterm's reader: that one never notices that the terminal is gone (it reads nothing, for ever, at
//! full speed), and takes an arrow whose bytes arrive in two pieces for Esc and two letters.
//!
//! Nothing grows with what arrives: of a sequence 64 bytes are kept, of a paste 8 KiB, of an answer in words none.

use std::time::Duration;

use crate::app::key::press::{Code, Input, Key};
use crate::host::terminal::sequence::{control_sequence, lettered, typed};

/// What a terminal sends when pasted text begins and ends.
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// So many bytes of a paste are kept; no field takes more.
const LONGEST_PASTE: usize = 8192;
/// No sequence that means something is longer.
const LONGEST_SEQUENCE: usize = 64;

/// What an answer that begins with `ESC P` goes on with; `P` is a key, too.
const DCS_BEGINS: &[u8] = b"0123456789;=>!$+|q";

/// How long after an Esc the rest of a key or of an answer may still arrive, over a slow line.
const ESCAPE: Duration = Duration::from_millis(100);
/// How long after its last byte anything else that was begun may still go on.
const PATIENCE: Duration = Duration::from_secs(1);

/// Turns bytes into inputs, and keeps what is not complete yet.
#[derive(Default)]
pub struct Decoder {
    /// The beginning of a key or of a sequence.
    held: Vec<u8>,
    within: Within,
}

/// What the bytes belong to.
#[derive(Default)]
enum Within {
    /// Keys, and sequences with an end.
    #[default]
    Keys,
    /// A sequence too long to mean anything, up to its last byte.
    Endless,
    /// An answer in words (OSC, DCS, APC, PM, SOS), up to BEL or ST, of which nothing is kept.
    Words {
        /// Its second byte, which opened it.
        opener: u8,
        /// Has anything come after that?
        is_begun: bool,
        /// Was the last byte the ESC of its end?
        is_ending: bool,
    },
    /// Pasted text.
    Paste {
        text: Vec<u8>,
        /// How many bytes of its end have come.
        ending: usize,
    },
}

impl Decoder {
    /// Takes bytes as they come and tells what they mean.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        for &byte in bytes {
            if self.passes(byte, &mut inputs) {
                self.held.push(byte);
                self.decode(&mut inputs);
            }
        }
        inputs
    }

    /// How long to wait for the rest of what was begun; `None` where only the next byte can tell, or nothing was begun.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.within, self.held.as_slice()) {
            (Within::Keys, [0x1b]) => Some(ESCAPE),
            (Within::Keys, [0x1b, ..]) => Some(PATIENCE),
            (Within::Keys, _) => None,
            _ => Some(PATIENCE),
        }
    }

    /// Nothing followed: what was held is what it is alone.
    pub fn give_up(&mut self) -> Vec<Input> {
        let held = std::mem::take(&mut self.held);
        match std::mem::take(&mut self.within) {
            Within::Keys => match held.as_slice() {
                [0x1b] => vec![Key::plain(Code::Esc).into()],
                [0x1b, byte] => pressed(*byte).into(),
                _ => Vec::new(), // a broken sequence means nothing
            },
            Within::Words { opener, is_begun: false, .. } => pressed(opener).into(),
            Within::Paste { text, .. } => vec![pasted(&text)],
            Within::Words { .. } | Within::Endless => Vec::new(),
        }
    }

    /// Does a byte belong to a key or a sequence? Else what it belongs to takes it.
    fn passes(&mut self, byte: u8, inputs: &mut Vec<Input>) -> bool {
        match &mut self.within {
            Within::Keys => return true,
            Within::Endless => match byte {
                b' '..=b'?' => return false,
                b'@'..=b'~' => self.within = Within::Keys,
                _ => {
                    self.within = Within::Keys;
                    return true;
                }
            },
            Within::Words { opener, is_begun: false, .. } if *opener == b'P' && !DCS_BEGINS.contains(&byte) => {
                inputs.extend(pressed(b'P'));
                self.within = Within::Keys;
                return true;
            }
            Within::Words { is_begun, is_ending, .. } => {
                let was_ending = std::mem::replace(is_ending, byte == 0x1b);
                *is_begun = true;
                match byte {
                    0x07 => self.within = Within::Keys,
                    b'\\' if was_ending => self.within = Within::Keys,
                    // An ESC that is not its end is the beginning of something else, and whoever presses ctrl-c is heard.
                    _ if was_ending => {
                        self.within = Within::Keys;
                        self.held.push(0x1b);
                        return true;
                    }
                    0x1b | b'\t' | b'\n' | b'\r' | b' '.. => {}
                    _ => {
                        self.within = Within::Keys;
                        return true;
                    }
                }
            }
            Within::Paste { text, ending } => {
                if byte == PASTE_ENDS[*ending] {
                    *ending += 1;
                } else {
                    keep(text, &PASTE_ENDS[..*ending]);
                    *ending = usize::from(byte == PASTE_ENDS[0]);
                    keep(text, if *ending == 0 { std::slice::from_ref(&byte) } else { &[] });
                }
                if *ending == PASTE_ENDS.len() {
                    inputs.push(pasted(text));
                    self.within = Within::Keys;
                }
            }
        }
        false
    }

    /// Tells what is complete of the bytes that are held.
    fn decode(&mut self, inputs: &mut Vec<Input>) {
        while let Some(length) = length(&self.held) {
            let rest = self.held.split_off(length);
            let whole = std::mem::replace(&mut self.held, rest);
            if whole == PASTE_BEGINS {
                self.within = Within::Paste { text: Vec::new(), ending: 0 };
                return;
            }
            inputs.extend(meaning(&whole));
        }
        match self.held.as_slice() {
            [0x1b, opener @ (b']' | b'P' | b'_' | b'^' | b'X')] => {
                self.within = Within::Words { opener: *opener, is_begun: false, is_ending: false };
                self.held.clear();
            }
            held if held.len() > LONGEST_SEQUENCE => {
                self.within = Within::Endless;
                self.held.clear();
            }
            _ => {}
        }
    }
}

/// Esc, and a character right after it.
fn pressed(byte: u8) -> [Input; 2] {
    [Key::plain(Code::Esc).into(), Key::char(char::from(byte)).into()]
}

/// Keeps bytes of a paste, as long as there is room.
fn keep(text: &mut Vec<u8>, bytes: &[u8]) {
    let room = LONGEST_PASTE.saturating_sub(text.len());
    text.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

fn pasted(text: &[u8]) -> Input {
    Input::Paste(String::from_utf8_lossy(text).replace("\r\n", "\n").replace('\r', "\n"))
}

/// How many bytes the first key or sequence in `bytes` takes, or `None` while it is incomplete.
fn length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [] | [0x1b] | [0x1b, b']' | b'P' | b'_' | b'^' | b'X'] => None,
        [0x1b, b'[', b'[', ..] => (bytes.len() > 3).then_some(4), // F1 to F5 of the Linux console
        [0x1b, b'[', b'M', ..] => (bytes.len() > 5).then_some(6), // a mouse, as X10 tells it: three bytes of any kind
        [0x1b, b'[', rest @ ..] => {
            let last = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte))?;
            Some(last + if (0x40..=0x7e).contains(&rest[last]) { 3 } else { 2 })
        }
        [0x1b, b'O', ..] => (bytes.len() > 2).then_some(3),
        [0x1b, b'\\', ..] => Some(2), // the end of an answer whose beginning is over
        [0x1b, ..] => Some(1),        // Esc, and the next key right after it
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

/// What one complete key or sequence stands for, if it is one that we know.
fn meaning(bytes: &[u8]) -> Option<Input> {
    let key = match bytes {
        [0x1b] => Key::plain(Code::Esc),
        [0x1b, b'[', b'[', letter @ b'A'..=b'E'] => Key::plain(Code::Function(letter - b'A' + 1)),
        [0x1b, b'[', numbers @ .., last] => return control_sequence(numbers, *last),
        [0x1b, b'O', b'R'] => Key::plain(Code::Function(3)),
        [0x1b, b'O', letter @ (b'X' | b'j'..=b'y')] => Key::char(char::from(letter - 0x40)), // of the keypad
        [b'\r' | b'\n'] | [0x1b, b'O', b'M'] => Key::plain(Code::Enter),
        [0x1b, b'O', letter] => Key::plain(lettered(*letter)?),
        [0x1b, ..] => return None,
        [0] => Key::ctrl(' '),
        [b'\t'] => Key::plain(Code::Tab),
        [0x08 | 0x7f] => Key::plain(Code::Backspace),
        [byte @ 1..=26] => Key::ctrl(char::from(byte + 0x60)),
        [byte @ 28..=31] => Key::ctrl(char::from(byte + 0x40)),
        _ => Key::plain(typed(u32::from(std::str::from_utf8(bytes).ok()?.chars().next()?))?),
    };
    Some(key.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was heard, in words.
    fn told(inputs: &[Input]) -> String {
        let names = inputs.iter().map(|input| match input {
            Input::Key(key) => format!("{key:#}"),
            Input::Paste(text) => format!("paste {text:?}"),
            other => format!("{other:?}"),
        });
        names.collect::<Vec<_>>().join(" ")
    }

    fn keys(bytes: &[u8]) -> String {
        let mut decoder = Decoder::default();
        let mut inputs = decoder.feed(bytes);
        inputs.extend(decoder.give_up());
        told(&inputs)
    }

    #[test]
    fn bytes_become_keys() {
        for (bytes, names) in [
            (&b"s0.5"[..], "s 0 . 5"),
            (b"\x1b[A\x1b[B\x1b[C\x1b[D\x1bOA\x1bOC", "up down right left up right"),
            (b"\x1b[1;2C\x1b[1;5D\x1b[5;3~", "shift-right ctrl-left alt-PgUp"),
            (b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[3~\x1b[6~", "Home End Home End Del PgDn"),
            (b"\x1bOP\x1b[15~\x1b[17~\x1b[24~\x1b[[A\x1b[1;2S\x1bOR", "F1 F5 F6 F12 F1 shift-F4 F3"),
            (b"\r\n\t\x1b[Z\x7f\x08", "Enter Enter Tab shift-Tab Backspace Backspace"),
            (b"\x03\x1a\x00\x1c", "ctrl-c ctrl-z ctrl-space ctrl-\\"),
            (b"\x1bOk\x1bOp\x1bOy\x1bOn\x1bOM", "+ 0 9 . Enter"),
            (b"\x1b[97;5u\x1b[69;2u\x1b[27u", "ctrl-a E Esc"),
            ("ä∇界🏔".as_bytes(), "ä ∇ 界 🏔"),
            (b"\xffa\xc3b\xe2\x82c\xc2\x9bd", "a b c d"),
            (b"\x1b[?1;2c\x1b[Ia", "a"),
            (b"\x1b[200~x1\r\nx2\x03\x1b[201~q", "paste \"x1\\nx2\\u{3}\" q"),
            (b"\x1b[200~\x1b[20\x1b\x1b[201~q", "paste \"\\u{1b}[20\\u{1b}\" q"),
            (b"\x1b[201~q", "q"),
        ] {
            assert_eq!(keys(bytes), names, "{}", bytes.escape_ascii());
        }
    }

    /// Whoever presses Esc and then another key may find both in one packet.
    #[test]
    fn esc_and_the_key_after_it_are_two_keys() {
        for (bytes, names) in [
            (&b"\x1bn"[..], "Esc n"),
            (b"\x1b", "Esc"),
            (b"\x1b\x1b", "Esc Esc"),
            (b"\x1b\x1b[A", "Esc up"),
            (b"\x1b\r\x1b\x7f\x1b ", "Esc Enter Esc Backspace Esc space"),
            (b"\x1b\x03", "Esc ctrl-c"),
            (b"\x1bO", "Esc O"),
            (b"\x1b[", "Esc ["),
            (b"\x1bP", "Esc P"),
            (b"\x1bPAnn", "Esc P A n n"),
            (b"\x1bP\x1b[C", "Esc P right"),
            (b"\x1b]", "Esc ]"),
            ("\x1bä".as_bytes(), "Esc ä"),
        ] {
            assert_eq!(keys(bytes), names, "{}", bytes.escape_ascii());
        }
    }

    /// kitty's protocol tells more of a key than that it was pressed; xterm's modifyOtherKeys tells it in another way.
    #[test]
    fn keys_in_the_newer_protocols_are_the_same_keys() {
        for (bytes, names) in [
            (&b"\x1b[113;1:3u"[..], ""),
            (b"\x1b[1;1:3C\x1b[5;1:3~\x1b[13;1:3u", ""),
            (b"\x1b[113;1:1u\x1b[1;1:2C", "q right"),
            (b"\x1b[97:65;2u\x1b[97;2u\x1b[97;2;65u\x1b[49:33;2;33u", "A A A !"),
            (b"\x1b[32;2u\x1b[9;2u\x1b[127u\x1b[13u", "space shift-Tab Backspace Enter"),
            (b"\x1b[99;69u\x1b[99;133u", "ctrl-c ctrl-c"),
            (b"\x1b[113;9u\x1b[113;17u\x1b[113;33u", ""),
            (b"\x1b[57400u\x1b[57409u\x1b[57414u\x1b[57418u\x1b[57441u\x1b[57358u", "1 . Enter right"),
            (b"\x1b[27;5;99~\x1b[27;2;69~\x1b[27;5;122~", "ctrl-c E ctrl-z"),
        ] {
            assert_eq!(keys(bytes), names, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn a_mouse_presses_no_key() {
        for bytes in [
            &b"\x1b[M qq"[..],
            b"\x1b[M #\x03\x1b[M\xff\xff\xff",
            b"\x1b[<0;3;4M\x1b[<0;3;4m\x1b[32;3;4M",
            b"\x1b[I\x1b[O",
        ] {
            assert_eq!(keys(bytes), "", "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn answers_in_numbers_are_no_keys() {
        let silent = "\x1b[?65;1;2;4;6;9;15;16;17;18;21;22;28c\x1b[>41;390;0c\x1b[=0c\x1b[24;80R\x1b[?1;1R\x1b[?2026;2$y\
                      \x1b[4;2$y\x1b[8;24;80t\x1b[4;600;800t\x1b[6;16;8t\x1b[9;24;80t\x1b[3;0;0t\x1b[1t\x1b[?1u\x1b[?0u\
                      \x1b[?997;1n\x1b[>4;2m\x1b[?1;0;256S\x1b[2;1;1;112;112;1;0x\x1b[1;1;1;1&w";
        assert_eq!(keys(silent.as_bytes()), "");
        assert_eq!(keys(b"\x1b[0n\x1b[3n"), "Answer Answer");
        assert_eq!(keys(b"\x1b[48;24;80;600;800t\x1b[48;24;80t\x1b[48;24:1;80:2t"), ["Resize(80, 24)"; 3].join(" "));
        assert_eq!(keys(b"\x1b[48;0;80;0;0t\x1b[48t\x1b[48;99999;80t"), "");
    }

    #[test]
    fn an_answer_in_words_is_no_key_and_ends() {
        for (bytes, names) in [
            (&b"\x1b]4;1;rgb:cd00/0000/0000\x1b\\q"[..], "q"),
            (b"\x1b]11;rgb:0/0/0\x07q", "q"),
            (b"\x1bP>|kitty(0.32)\x1b\\q", "q"),
            (b"\x1b_Gi=31;OK\x1b\\\x1b^x\x1b\\\x1bXy\x1b\\q", "q"),
            ("\x1b]lÜber\x1b\\q".as_bytes(), "q"),
            (b"\x1b]4;1;rgb\x1b[Aq", "up q"),
            (b"\x1b]4;1\x03q", "ctrl-c q"),
            (b"\x1b]4;1;rgb", ""),
            (b"\x1b]4;1;rgb\x1b", ""),
            (b"\x1b\\q", "q"),
        ] {
            assert_eq!(keys(bytes), names, "{}", bytes.escape_ascii());
        }
    }

    /// Whatever is too long is passed over, and what is kept of it has a bound.
    #[test]
    fn what_never_ends_is_bounded() {
        let endless = |begin: &str, byte: &str| begin.to_owned() + &byte.repeat(1 << 20);
        for bytes in [endless("\x1b[", "1"), endless("\x1b[?", ";"), endless("\x1b]52;c;", "A"), endless("\x1bP", "0")]
        {
            let mut decoder = Decoder::default();
            assert_eq!(told(&decoder.feed(bytes.as_bytes())), "");
            assert!(decoder.held.capacity() <= 4 * LONGEST_SEQUENCE);
            assert_eq!(told(&decoder.give_up()), "");
            assert_eq!(told(&decoder.feed(b"q")), "q");
        }
        let mut decoder = Decoder::default();
        assert_eq!(told(&decoder.feed(endless("\x1b[200~", "x").as_bytes())), "");
        let Within::Paste { text, .. } = &decoder.within else { unreachable!("a paste") };
        assert!(text.capacity() <= 2 * LONGEST_PASTE);
        let inputs = decoder.feed(PASTE_ENDS);
        assert!(matches!(&inputs[..], [Input::Paste(text)] if text.len() == LONGEST_PASTE));
        assert_eq!(keys(&[b"\x1b[".as_slice(), &[b'1'; 100], b"Aq"].concat()), "q");
        assert_eq!(keys(&[b"\x1b[".as_slice(), &[b'1'; 100], b"\x03q"].concat()), "ctrl-c q");
    }

    #[test]
    fn pieces_are_put_together() {
        let bytes =
            "\x1b[1;2Cα\x1b[200~two words\x1b[201~\x1b[A\x1b[0n\x1b]4;1;x\x1b\\\x1b[M !!\x1b[48;5;6t".as_bytes();
        let mut decoder = Decoder::default();
        let inputs: Vec<Input> = bytes.iter().flat_map(|byte| decoder.feed(&[*byte])).collect();
        assert_eq!(inputs, Decoder::default().feed(bytes));
        assert_eq!(inputs.len(), 6);
        assert_eq!(decoder.patience(), None);
        decoder.feed(b"\x1b");
        assert_eq!(decoder.patience(), Some(ESCAPE), "it may be a key");
        decoder.feed(b"[");
        assert_eq!(decoder.patience(), Some(PATIENCE), "an arrow may follow");
        for begun in [&b"\x1b]4"[..], b"\x1b[200~a"] {
            let mut decoder = Decoder::default();
            decoder.feed(begun);
            assert_eq!(decoder.patience(), Some(PATIENCE));
        }
    }
}
