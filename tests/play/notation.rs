//! Are the letters of another book written everywhere and nowhere twice, and does no layout shift?
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use downhill::app::key::press::script;
use downhill::app::look::appearance::{Glyphs, Look};
use downhill::app::look::notation::Notation;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::engine::rule::method::Half;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::host::plain::{self, Echo, Streams};
use downhill::lesson::course::library::{self, SHIPPED};
use downhill::lesson::file::read::read;

/// Walks that come by questions, outcomes, settings, panels, cards and help.
const WALKS: [&str; 5] = [
    "",
    "<right> <right> 2 <right> <right> <right> <tab>",
    "n <enter> <tab> z <tab> <tab>",
    "n n <right> h",
    "L n <right> <right> e <down> <down>",
];

/// A page for each kind of question.
const KINDS: &str = include_str!("../questions/kinds.toml");

fn screen(session: Session, keys: &str, size: (u16, u16), look: Look) -> String {
    let mut room = Headless::new(session, size, look);
    room.play(&script(keys).unwrap());
    text(&room.screen())
}

fn lesson(id: &str) -> Session {
    Session::single(library::open(id).and_then(Sitting::open).unwrap())
}

/// The screen in another notation is the same screen with other letters, to the last cell: so nothing was forgotten,
/// nothing written twice, and no line shifted or cut.
#[test]
fn a_screen_differs_in_its_letters_alone() {
    let mut written = BTreeSet::new();
    let mut holds = |session: &dyn Fn() -> Session, keys: &str, size: (u16, u16)| {
        let plain = screen(session(), keys, size, Look::default());
        for notation in Notation::ALL {
            let seen = screen(session(), keys, size, Look { notation, ..Look::default() });
            assert_eq!(seen, notation.write(&plain), "{notation:?} after `{keys}`");
            let table = notation.table().iter();
            written.extend(table.filter(|(from, _)| plain.contains(from)).map(|(from, _)| *from));
        }
    };
    for (id, _) in SHIPPED {
        for keys in WALKS {
            holds(&|| lesson(id), keys, (80, 24));
        }
        holds(&|| lesson(id), WALKS[1], (140, 45));
        holds(&|| lesson(id), WALKS[1], (60, 20));
        holds(&|| lesson(id), WALKS[1], (36, 10));
    }
    let kinds = || Session::single(Sitting::open(read("kinds", KINDS).unwrap().0).unwrap());
    for keys in ["n <right>", "n <right> 1 <enter>", "n n <right>", "n n n <right> <right>", "n n n n <right>"] {
        holds(&kinds, keys, (80, 24));
    }
    // Adam and RMSProp are in no shipped lesson yet.
    for rule in ["adam", "rmsprop", "adagrad"] {
        let source = format!(
            "format = 1\ntitle = \"x\"\n[scenario.s]\nobjective = {{ formula = \"x1^2 + 4*x2^2\" }}\n\
             window = {{ x1 = [-3, 3], x2 = [-3, 3] }}\nstart = [2, 1]\n[[scenario.s.run]]\n\
             direction = {{ rule = \"{rule}\" }}\nstep_size = {{ rule = \"fixed\", alpha = 0.1 }}\n\
             [[page]]\ntext = \"Look.\"\nshow = [\"map\", \"numbers\"]\n"
        );
        let session = || Session::single(Sitting::open(read("x", &source).unwrap().0).unwrap());
        for keys in ["<right> <right> <right> <tab>", "<enter> <right> <right> e"] {
            holds(&session, keys, (140, 45));
        }
    }
    let all: BTreeSet<&str> = Notation::ALL.iter().flat_map(|one| one.table()).map(|(from, _)| *from).collect();
    assert_eq!(written, all, "each symbol was on some screen");
}

#[test]
fn in_ascii_no_old_letter_is_left() {
    for (notation, old) in [
        (Notation::Nocedal, &["gamma1", "gamma2", "tau"][..]),
        (Notation::MartinsNing, &["gamma1", "gamma2", "tau"]),
        (Notation::DeepLearning, &["alpha"]),
        (Notation::Goodfellow, &["alpha"]),
    ] {
        for (id, _) in SHIPPED {
            for keys in WALKS {
                let seen =
                    screen(lesson(id), keys, (80, 24), Look { notation, glyphs: Glyphs::Ascii, ..Look::default() });
                let left = old.iter().find(|old| seen.contains(*old));
                assert_eq!(left, None, "{notation:?} in {id} after `{keys}`\n{seen}");
            }
        }
    }
}

/// What is told in plain text has the same letters; what is typed may have them, too.
#[test]
fn plain_text_speaks_the_notation() {
    let told = |notation: Notation, lines: &str| {
        let mut out = Vec::new();
        let look = Look { notation, ..Look::default() };
        let streams = Streams { lines: &mut lines.as_bytes(), out: &mut out, echo: Echo::Written };
        plain::run(lesson("backtracking"), look, None, streams).unwrap();
        String::from_utf8(out).unwrap()
    };
    let lines = "\n3\n\n\n\n\ne\nesc\nw\nesc\nn\n";
    for notation in Notation::ALL {
        assert_eq!(told(notation, lines), notation.write(&told(Notation::Lmu, lines)), "{notation:?}");
    }
    let typed = told(Notation::Nocedal, "n\n\nc₁ = 0.3\n");
    assert!(!typed.contains("There is no setting"), "{typed}");
    assert!(told(Notation::Lmu, "n\n\nc₁ = 0.3\n").contains("There is no setting"));
    assert!(told(Notation::Nocedal, "terms wolfe\n").contains("Wolfe conditions"));
    assert!(told(Notation::Lmu, "terms\n").contains("explains one of these: objective,"));
}

/// The Greek letters, each with its index, that stand in texts below a folder.
fn symbols(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            symbols(&path, found);
            continue;
        }
        // These two know letters that the program never writes.
        if path.ends_with("view/paper/spelling.rs")
            || path.ends_with("app/look/notation.rs")
            || path.ends_with("terms.toml")
        {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let program = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        // A why card quotes its slide with the letters of the slide.
        let is_written =
            |line: &&str| !["//", "slide ", "actually "].iter().any(|head| line.trim_start().starts_with(head));
        for line in program.lines().filter(is_written) {
            let letters: Vec<char> = line.chars().collect();
            for (at, letter) in letters.iter().enumerate() {
                if ('α'..='ω').contains(letter) || ('Α'..='Ω').contains(letter) || "ϵϑϕ".contains(*letter) {
                    let rest: String = letters[at + 1..].iter().collect();
                    let is_index = |next: char| ('₀'..='₉').contains(&next) || "⁺⁻_".contains(next);
                    let end = rest.find(|next| !is_index(next)).unwrap_or(rest.len());
                    // `η_opt` is another quantity than η.
                    let word = if rest[..end].ends_with('_') {
                        rest[end..].find(|next: char| !next.is_ascii_alphabetic())
                    } else {
                        Some(0)
                    };
                    found.insert(format!("{letter}{}", &rest[..end + word.unwrap_or(rest.len() - end)]));
                }
            }
        }
    }
}

#[test]
fn no_two_quantities_share_a_letter() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut used = BTreeSet::new();
    symbols(&root.join("src"), &mut used);
    symbols(&root.join("lessons"), &mut used);
    for half in [Half::Direction, Half::StepSize] {
        for name in half.names() {
            used.extend(half.parameters(&name).unwrap().iter().map(|parameter| parameter.symbol.to_owned()));
        }
    }
    assert!(used.contains("γ₁") && used.contains("α_init") && used.contains("β₂"), "{used:?}");
    for notation in Notation::ALL {
        let mut meant: BTreeMap<String, &str> = BTreeMap::new();
        for symbol in &used {
            if let Some(other) = meant.insert(notation.write(symbol).into_owned(), symbol) {
                panic!("{notation:?} writes {other} and {symbol} alike");
            }
        }
    }
}
