//! What a terminal says of itself is no key, however it arrives and whatever is open.

use std::io::Write as _;
use std::time::Duration;

use crate::program::{PROGRAM, RIGHT};
use crate::pty::{Terminal, is_long, now, until};

/// A lesson with every kind of question.
const KINDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/kinds.toml");

/// What xterm, kitty, foot, `WezTerm`, Windows Terminal and VTE say, asked or not.
const ANSWERS: [&str; 55] = [
    // Colours (OSC 4, 5, 10 to 19, 21), with both ends; a clipboard (52, 5522); what iTerm2 and others report.
    "\x1b]4;1;rgb:cd00/0000/0000\x1b\\",
    "\x1b]4;1;rgb:cd00/0000/0000\x07",
    "\x1b]5;0;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b]10;rgb:dcdc/dcdc/cccc\x1b\\",
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "\x1b]11;rgba:0000/0000/0000/cccc\x07",
    "\x1b]12;rgb:ffff/0000/0000\x07",
    "\x1b]17;rgb:0000/0000/ffff\x1b\\",
    "\x1b]19;#123123\x07",
    "\x1b]21;foreground=rgb:ff/ff/ff;cursor=?\x1b\\",
    "\x1b]22;0,1,pointer\x1b\\",
    "\x1b]52;c;cTNxM24yCg==\x1b\\",
    "\x1b]52;c;\x07",
    "\x1b]99;i=1:p=?;a=focus,report\x1b\\",
    "\x1b]1337;ReportCellSize=17.0;8.0;2.0\x1b\\",
    "\x1b]1337;ReportVariable=cTNx\x07",
    "\x1b]1337;Capabilities=T3CwFq\x1b\\",
    "\x1b]5522;type=read:status=OK\x1b\\",
    "\x1b]l3 q E \u{dc}ber n\x1b\\",
    "\x1b]Lq 1 n\x1b\\",
    // Names and states in DCS: XTVERSION, DA3, DECRQSS, XTGETTCAP, DECCIR, DECTABSR, a picture in sixels.
    "\x1bP>|XTerm(390)\x1b\\",
    "\x1bP>|kitty(0.32.2)\x1b\\",
    "\x1bP>|foot(1.16.2)\x1b\\",
    "\x1bP>|WezTerm 20240203-110809-5046fc22\x1b\\",
    "\x1bP>|VTE(7600)\x1b\\",
    "\x1bP!|7E565445\x1b\\",
    "\x1bP1$r0;1m\x1b\\",
    "\x1bP0$r\x1b\\",
    "\x1bP1+r524742=382F382F38\x1b\\",
    "\x1bP0+r\x1b\\",
    "\x1bP1$u1;1;1;@;@;@;0;2;@;BB%5%5\x1b\\",
    "\x1bP2$u9/17/25\x1b\\",
    "\x1bPq\"1;1;8;8#1;2;0;0;0#1!8~-\x1b\\",
    // kitty's pictures in APC, and what nobody sends any more in PM and SOS.
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b_Gi=1;ENOENT:no such q picture\x1b\\",
    "\x1b^3qE\x1b\\",
    "\x1bX3qE\x1b\\",
    // Numbers: DA1 to DA3, DSR, where the cursor is, DECRQM, sizes of all kinds, keyboards, colours of light and dark.
    "\x1b[?64;1;2;6;9;15;18;21;22c",
    "\x1b[?61;4;6;7;14;21;22;23;24;28;32;42c",
    "\x1b[>1;7600;0c",
    "\x1b[=0c",
    "\x1b[0n",
    "\x1b[3n",
    "\x1b[24;80R",
    "\x1b[?24;80;1R",
    "\x1b[?2026;2$y",
    "\x1b[4;2$y",
    "\x1b[8;24;80t",
    "\x1b[4;480;640t",
    "\x1b[?0u",
    "\x1b[?31u",
    "\x1b[?997;1n",
    "\x1b[48;24;80;480;640t",
    "\x1b[?1;0;256S",
    "\x1b[I\x1b[O\x1b[M qq\x1b[<0;3;4M\x1b[<0;3;4m\x1b[32;3;4M\x1b[113;1:3u",
];

/// Every kind of page and of what may lie on it: the lesson, the keys that lead there, and what is seen then.
const PAGES: [(&str, &str, &str); 18] = [
    ("", "\x1b[Cq", "learn numerical optimization"),
    ("", "\x1b[Cq/l", "lessons about: l_"),
    ("backtracking", "", "Start: x ="),
    ("backtracking", RIGHT, "1-3 answer"),
    ("backtracking", "\x1b[Ch", "Hint"),
    ("backtracking", "\x1b[C3\x1b[C", "You said"),
    ("backtracking", "Le", "Enter start over"),
    ("backtracking", "Le0.5", "0.5_"),
    ("backtracking", "Lg", "Go to iteration"),
    ("backtracking", "P", "Alone or two?"),
    ("backtracking", "?", "Esc close"),
    ("backtracking", "t", "Esc close"),
    ("backtracking", "Lo", "nearer"),
    ("backtracking", "Ls\x1b[Ce\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A", "Enter start over"),
    (KINDS, "\x1b[C4", "4_"),
    (KINDS, "n\x1b[C", "Where does the first step land?"),
    (KINDS, "nn", "Put them in order."),
    (KINDS, "nnn", "Fill in what is missing."),
];

fn at((lesson, keys, seen): (&str, &str, &str)) -> Terminal {
    let lesson: &[&str] = if lesson.is_empty() { &[] } else { &["learn", lesson] };
    let command = [&["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM], lesson].concat();
    let mut terminal = Terminal::runs(&command, 80, 24);
    terminal.shows(if lesson.is_empty() { "Downhill in the fog" } else { "Start: x =" });
    terminal.types(keys);
    terminal.shows(seen);
    // Drawn and painted to the end, also on a machine with much else to do.
    let mut bytes = 0;
    until("a rest", || {
        std::thread::sleep(Duration::from_millis(150));
        std::mem::replace(&mut bytes, terminal.bytes()) == terminal.bytes()
    });
    terminal
}

/// Sends an answer in two pieces that are 60 ms apart; whether they were so on a machine with much else to do.
fn in_two(terminal: &mut Terminal, answer: &[u8], cut: usize) -> bool {
    terminal.keys.write_all(&answer[..cut]).unwrap();
    let sent = now();
    std::thread::sleep(Duration::from_millis(60));
    let is_in_time = sent.elapsed() < Duration::from_millis(90);
    terminal.keys.write_all(&answer[cut..]).unwrap();
    std::thread::sleep(Duration::from_millis(2));
    is_in_time
}

/// Whole, byte by byte, and in two pieces that are 60 ms apart, at another place on each page; in full at every place.
#[test]
fn no_answer_is_a_key_on_any_page() {
    let play = |number: usize| {
        let mut terminal = at(PAGES[number]);
        let before = terminal.sight();
        let changes = |terminal: &Terminal| {
            std::thread::sleep(Duration::from_millis(250));
            terminal.sight() != before
        };
        terminal.types(&ANSWERS.concat());
        assert!(!changes(&terminal), "{:?}: whole\n{}", PAGES[number], terminal.text());
        for byte in ANSWERS.concat().as_bytes() {
            terminal.keys.write_all(&[*byte]).unwrap();
        }
        assert!(!changes(&terminal), "{:?}: byte by byte\n{}", PAGES[number], terminal.text());
        let mut is_in_time = true;
        for (place, answer) in ANSWERS.iter().enumerate() {
            let one = 1 + (place * 7 + number * 5) % (answer.len() - 1);
            let cuts = if is_long() { 1..answer.len() } else { one..one + 1 };
            cuts.for_each(|cut| is_in_time &= in_two(&mut terminal, answer.as_bytes(), cut));
        }
        assert!(!is_in_time || !changes(&terminal), "{:?}: in two pieces\n{}", PAGES[number], terminal.text());
        terminal.types("\x03");
        terminal.ends_well(0);
    };
    std::thread::scope(|scope| {
        let plays: Vec<_> = (0..PAGES.len()).map(|number| scope.spawn(move || play(number))).collect();
        for play in plays {
            play.join().unwrap();
        }
    });
}

/// An answer that never ends swallows nothing after a second without a byte, and ctrl-c is heard within it.
#[test]
fn an_answer_that_never_ends_makes_nobody_deaf() {
    for begun in ["\x1b]11;rgb:", "\x1bP>|", "\x1b_G", "\x1b[1;", "\x1b[200~x"] {
        let mut terminal = at(("backtracking", "", "Start: x ="));
        terminal.types(begun);
        std::thread::sleep(Duration::from_millis(1500));
        terminal.types(RIGHT);
        terminal.shows("Direction: d =");
        terminal.types("\x1b]11;rgb:");
        terminal.types("\x03");
        terminal.ends_well(0);
    }
}

/// With Esc, in one packet; both are heard.
#[test]
fn esc_and_the_next_key_in_one_packet_are_both_heard() {
    let mut terminal = at(("backtracking", "?", "Esc close"));
    terminal.types("\x1bn");
    terminal.shows("page 2/");
    terminal.types("?");
    terminal.shows("Esc close");
    terminal.types("\x1b\x1b[C");
    terminal.shows("Trial 2");
    terminal.types("?");
    terminal.shows("Esc close");
    // Esc alone, and an arrow whose rest comes late.
    terminal.types("\x1b");
    terminal.shows("Trial 2");
    terminal.types("\x1b");
    std::thread::sleep(Duration::from_millis(60));
    terminal.types("[C");
    terminal.shows("Trial 3");
    terminal.types("\x03");
    terminal.ends_well(0);
}

/// What kitty and xterm send where a program left their newer protocols on.
#[test]
fn the_newer_protocols_of_keyboards_press_keys_once() {
    let mut terminal = at(("backtracking", "", "Start: x ="));
    terminal.types("\x1b[113;1:3u\x1b[1;1:3C\x1b[57441u");
    terminal.types("\x1b[1;1:1C\x1b[1;1:3C");
    terminal.shows("Direction: d =");
    terminal.types("\x1b[27;5;99~");
    terminal.ends_well(0);
    let mut terminal = at(("backtracking", "", "Start: x ="));
    terminal.types("\x1b[99;5u");
    terminal.ends_well(0);
}
