//! What to write for a name that a formula may not use: what its author meant, if that can be told.

use crate::objective::formula::names::{MATHEMATICS, Meaning, NameUse, Names, TABLE_OF_CONSTANTS, Variables};
use crate::objective::formula::parse::foreign::{Foreign, foreign};
use crate::objective::formula::parse::glyph::is_lowered_letter;

/// No longer name is taken for a product of names.
const LONGEST_PARTED: usize = 24;

impl Names<'_> {
    /// What to do about an unknown name, in words, and what to write for it if that is clear.
    pub(in crate::objective) fn cure(&self, written: &str, name: &str, used: NameUse) -> (String, Option<String>) {
        let write = |instead: &str| (format!("write {instead}"), Some(instead.to_owned()));
        match (name, self.variables) {
            ("E", _) => return write("e"),
            ("x0", Variables::Coordinates(_)) => return ("coordinates are counted from 1: write x1".into(), None),
            ("x" | "X", Variables::Coordinates(3..)) => return write("x1"),
            ("y" | "Y", Variables::Coordinates(3..)) => return write("x2"),
            ("z" | "Z", Variables::Coordinates(3..)) => return write("x3"),
            _ => {}
        }
        match foreign(name, used) {
            Some(Foreign::Name(instead)) => return write(instead),
            Some(Foreign::Author(cure)) => return (cure.into(), None),
            Some(Foreign::Call(call)) => return (format!("write {}", call.replace(['#', '@'], "…")), None),
            None => {}
        }
        if let Some(base) = name.strip_prefix("log").filter(|base| used.is_called() && base.parse::<u32>().is_ok()) {
            return (format!("write ln(…)/ln({base})"), None);
        }
        if let Some((_, last)) = name.rsplit_once(['.', ':']) {
            return match self.meaning(last, used) {
                Ok(Meaning::Constant(_)) => write(&last.to_lowercase()),
                Ok(_) => write(last),
                Err(_) => ("write numbers, x1, x2 and functions such as sin(x1)".into(), None),
            };
        }
        if let Some(instead) = latin(written).filter(|latin| self.meaning(latin, used).is_ok()) {
            return (format!("write it in Latin letters, {instead}"), Some(instead));
        }
        if let Some(parts) = self.parts(name, used) {
            return write(&parts.join("*"));
        }
        if let Some(call) = self.call_in(name).filter(|_| !used.is_called()) {
            return write(&call);
        }
        if let Some(number) = name.strip_prefix("x0").map(|digits| digits.trim_start_matches('0'))
            && self.meaning(&format!("x{number}"), NameUse::Bare).is_ok()
        {
            return write(&format!("x{number}"));
        }
        if written.contains(is_lowered_letter) || name.ends_with("_i") || name == "xi" {
            return ("write out every coordinate, as in x1^2 + x2^2".into(), None);
        }
        if let (Some(index), Variables::Coordinates(dimension)) = (indexed(name), self.variables)
            && index < dimension
        {
            return write(&format!("x{}", index + 1));
        }
        match self.near(name, used).as_slice() {
            [(0, known)] => write(known),
            [(_, known)] => (format!("did you mean {known}?"), Some(known.clone())),
            [(_, one), .., (_, other)] => (format!("did you mean {one} or {other}?"), None),
            [] if used.is_called() => ("formulas have no function of this name".into(), None),
            [] => match self.variables {
                Variables::Time => ("the only variable is t; write constants as numbers".into(), None),
                Variables::Coordinates(_) => (format!("the variables are {self}; {TABLE_OF_CONSTANTS}"), None),
            },
        }
    }

    /// The known names that differ by a slip of the fingers, and by how many letters: the nearest. No other function is ever taken
    /// for a missing one: names that people know from elsewhere were answered before, and digits are no slip.
    fn near(&self, name: &str, used: NameUse) -> Vec<(usize, String)> {
        let coordinates = match self.variables {
            Variables::Coordinates(dimension) => (1..=dimension.min(99)).map(|i| format!("x{i}")).collect(),
            Variables::Time => vec!["t".to_owned()],
        };
        let is_function = |meaning: Meaning| !matches!(meaning, Meaning::Variable(_) | Meaning::Constant(_));
        let known = MATHEMATICS.iter().filter(|(_, meaning)| is_function(*meaning) == used.is_called());
        let known = known.map(|(known, _)| (*known).to_owned());
        let others = self.constants.keys().cloned().chain(coordinates);
        let lower = name.to_ascii_lowercase();
        let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
        let furthest = match name.chars().count() {
            0..=2 => 0,
            3..=5 => 1,
            6..=24 => 2,
            _ => return Vec::new(),
        };
        let near = known.chain(others.filter(|_| !used.is_called())).filter(|known| digits(known) == digits(&lower));
        let mut near: Vec<(usize, String)> = near
            .map(|known| (strsim::osa_distance(&lower, &known.to_ascii_lowercase()), known))
            .filter(|(far, _)| *far <= furthest)
            .collect();
        near.sort();
        near.retain({
            let nearest = near.first().map(|(far, _)| *far);
            move |(far, _)| Some(*far) == nearest
        });
        // Of several equally near, the one that the author went beyond: sinn is sin rather than sign.
        match near.iter().position(|(_, known)| lower.starts_with(known.as_str()) && lower.len() == known.len() + 1) {
            Some(beyond) if !lower.ends_with(['h', '2']) => vec![near.swap_remove(beyond)],
            _ => near,
        }
    }

    /// `sin(x)` for `sinx`.
    fn call_in(&self, name: &str) -> Option<String> {
        (1..name.len()).filter(|cut| name.is_char_boundary(*cut)).find_map(|cut| {
            let (function, argument) = name.split_at(cut);
            let is_function = matches!(self.one(function), Ok(Some(Meaning::Function(_))));
            let is_argument = matches!(self.one(argument), Ok(Some(Meaning::Variable(_) | Meaning::Constant(_))));
            (is_function && is_argument).then(|| format!("{function}({argument})"))
        })
    }

    /// x, y and z where the coordinates have numbers alone.
    fn alias<'n>(&self, part: &'n str) -> &'n str {
        match (part, self.variables) {
            ("x", Variables::Coordinates(3..)) => "x1",
            ("y", Variables::Coordinates(3..)) => "x2",
            ("z", Variables::Coordinates(3..)) => "x3",
            _ => part,
        }
    }

    /// The known names that `name` is made of, as in `xy` and `x1x2`, if there is one way to part it.
    fn parts(&self, name: &str, used: NameUse) -> Option<Vec<String>> {
        if name.len() > LONGEST_PARTED || !name.is_ascii() {
            return None;
        }
        let mut ways: Vec<Vec<Vec<&str>>> = vec![vec![Vec::new()]];
        for end in 1..=name.len() {
            let mut here = Vec::new();
            for begin in 0..end {
                let part = &name[begin..end];
                let is_number_cut = part.ends_with(|c: char| c.is_ascii_digit())
                    && name[end..].starts_with(|c: char| c.is_ascii_digit());
                let is_part = !is_number_cut
                    && match self.one(self.alias(part)) {
                        Ok(Some(Meaning::Variable(_) | Meaning::Constant(_))) => true,
                        Ok(Some(_)) => end == name.len() && used.is_called() && begin > 0,
                        _ => false,
                    };
                if is_part {
                    here.extend(ways[begin].iter().map(|way| [way.as_slice(), &[part]].concat()));
                }
            }
            here.truncate(2);
            ways.push(here);
        }
        match ways.pop()?.as_slice() {
            [only] if only.len() > 1 => Some(only.iter().map(|part| self.alias(part).to_owned()).collect()),
            _ => None,
        }
    }
}

/// The same word in Latin letters, of Cyrillic ones that look alike.
pub fn latin(written: &str) -> Option<String> {
    let letter = |c: char| match c {
        'х' => Some('x'),
        'у' => Some('y'),
        'е' => Some('e'),
        'с' => Some('c'),
        'о' => Some('o'),
        'а' => Some('a'),
        'р' => Some('p'),
        c => c.is_ascii().then_some(c),
    };
    (!written.is_ascii()).then(|| written.chars().map(letter).collect()).flatten()
}

/// The coordinate, counted from 0, that a book means by `θ₁`, `w_2` or `theta3`.
pub fn indexed(name: &str) -> Option<usize> {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_vector = ["θ", "theta", "w", "W", "ξ", "xi", "ω", "Θ", "p", "u"].contains(&base);
    is_vector.then(|| name[base.len()..].parse::<usize>().ok()?.checked_sub(1)).flatten()
}
