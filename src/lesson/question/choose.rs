//! A question answered by one of two to four options.

use crate::lesson::check::notes::Notes;
use crate::lesson::check::witness::witness;
use crate::lesson::claim::holds;
use crate::lesson::claim::predicate::Claim;
use crate::lesson::file::fields::{Fields, Value};
use crate::lesson::file::format::claim::CLAIM;
use crate::lesson::file::read::claim;
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::safe::Safe;
use crate::lesson::file::shape::Shape::{Flag, Line, List, Table as Part};
use crate::lesson::file::shape::{FaultWords, FormatKey, OneOf, Shape, Table, key, need, one_of};
use crate::lesson::markup::{BOX_ROWS, BOX_WIDTH, wrap};
use crate::lesson::question::answerable::{Answerable, Asked, BECAUSE, REFUTE, Score};
use crate::lesson::scenario::{Cast, Scenario};

/// One option of a question.
#[derive(Clone)]
pub struct Choice {
    /// The answer.
    pub text: Safe,
    /// What makes it right.
    pub truth: Truth,
    /// What is said to those who chose it, if it is wrong.
    pub refute: Option<Safe>,
    /// Why it is right, said when the outcome is seen.
    pub because: Option<Safe>,
}

/// What makes an option right.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "a lesson has a few dozen of them")]
pub enum Truth {
    /// A claim that the engine decides.
    Claim(Claim),
    /// The author's word, for ideas without a number.
    Said(bool),
}

/// An option in a lesson file.
pub static OPTION: Table = one_of(
    "an option",
    &OneOf {
        keys: &["claim", "correct"],
        said: Some((
            FaultWords("an option has `claim` or `correct`, not both", "let the engine decide: keep `claim`"),
            FaultWords(
                "nothing says whether this option is right",
                "add claim = { … }, or correct = true or false where there is no number",
            ),
        )),
    },
    &[&[
        need("text", Line, "text = \"the answer\"", "the answer"),
        key("claim", Part(&CLAIM), "what must hold of the run for this answer to be right"),
        key("correct", Flag, "your word, for ideas without a number"),
        FormatKey { about: "said to those who chose it, when it is wrong", ..REFUTE },
        BECAUSE,
    ]],
);

const ONE: Shape = Part(&OPTION);

impl Answerable for Vec<Choice> {
    type Given = usize;
    const NAME: &'static str = "choose";
    const KEYS: &'static [FormatKey] = &[need(
        "options",
        List(&ONE, 2, 4),
        "options = [ { text = \"…\", correct = true }, … ]",
        "the answers to choose from",
    )
    .sized(FaultWords("a question has two to four options, not {count}", "an answer is one of the keys 1 to 4"))];

    fn read(fields: &Fields<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Self> {
        let options = fields.get("options")?.list()?;
        Some(options.iter().filter_map(|item| option(item, scenario, desk)).collect())
    }

    fn key(&self, cast: &mut Cast) -> Result<usize, String> {
        let right = self.iter().position(|option| option.truth.holds(cast));
        right.ok_or_else(|| "no option is right".into())
    }

    fn words(&self, given: &usize, _digits: usize) -> String {
        self.get(*given).map_or(String::new(), |option| option.text.as_str().to_owned())
    }

    fn recall(&self, kept: &str) -> Option<usize> {
        self.iter().position(|option| option.text.as_str() == kept)
    }

    fn refutation(&self, given: &usize, _score: &Score) -> Option<&Safe> {
        self.get(*given)?.refute.as_ref()
    }

    fn reason(&self, key: &usize) -> Option<&Safe> {
        self.get(*key)?.because.as_ref()
    }

    fn forget_reasons(&mut self) {
        for option in self {
            (option.refute, option.because) = (None, None);
        }
    }

    fn options(&self) -> Vec<&Safe> {
        self.iter().map(|option| &option.text).collect()
    }

    fn texts(&self) -> Vec<(String, &str)> {
        let mut texts = Vec::new();
        for (index, option) in self.iter().enumerate() {
            let said = [("text", Some(&option.text)), ("refute", option.refute.as_ref())];
            let said = said.into_iter().chain([("because", option.because.as_ref())]);
            texts.extend(said.filter_map(|(key, text)| Some((format!("ask.options[{index}].{key}"), text?.as_str()))));
        }
        texts
    }

    /// The outcome says both: what speaks against the chosen answer, and why the right one is right.
    fn fit(&self, _rows: usize, notes: &mut Notes<'_>) {
        let rows = |text: &str| wrap(text, BOX_WIDTH).len();
        let longest = self.iter().filter_map(|option| option.because.as_ref()).max_by_key(|because| rows(because));
        for (index, option) in self.iter().enumerate() {
            if let (Some(refute), Some(because)) = (&option.refute, longest) {
                let both = rows(&said(&option.text, refute)) + rows(&said(&option.text, because));
                if both > BOX_ROWS {
                    let message = format!(
                        "the refutation with the reason of the right answer takes {both} rows of {BOX_WIDTH} columns, \
                         and the page box has {BOX_ROWS}"
                    );
                    notes.error(&format!("ask.options[{index}].refute"), message, "say it shorter");
                }
            }
        }
    }

    fn prove(&self, asked: &Asked<'_>, notes: &mut Notes<'_>) {
        let mut cast = asked.runs.clone();
        let mut right = Vec::new();
        let mut is_decided = true;
        let mut evidence = Vec::new();
        for (index, option) in self.iter().enumerate() {
            if !notes.has_time() {
                is_decided = false;
                break;
            }
            let (key, verdict) = match &option.truth {
                Truth::Said(correct) => ("correct", Ok(*correct)),
                Truth::Claim(claim) => {
                    let verdict = holds(claim, &mut cast);
                    evidence.extend(witness(claim, &mut cast).filter(|found| !evidence.contains(found)));
                    ("claim", verdict)
                }
            };
            let part = format!("ask.options[{index}].{key}");
            match verdict {
                Ok(true) => right.push((index, part)),
                Ok(false) => {}
                Err(why) => {
                    is_decided = false;
                    let cure = "`downhill trace` shows what there is";
                    notes.error(&part, format!("the claim cannot be decided: {why}"), cure);
                }
            }
        }
        if is_decided {
            one_is_right(&right, &evidence, notes);
        }
    }

    fn flaw(&self, runs: &mut Cast) -> Option<String> {
        match self.iter().filter(|option| option.truth.holds(runs)).count() {
            1 => None,
            0 => Some("no option is right".into()),
            count => Some(format!("{count} options are right")),
        }
    }
}

impl Truth {
    /// Whether it is so on runs from their start; a claim that cannot be decided is not.
    fn holds(&self, runs: &mut Cast) -> bool {
        match self {
            Self::Said(right) => *right,
            Self::Claim(claim) => runs.ahead(|runs| holds(claim, runs)).unwrap_or(false),
        }
    }
}

fn option(value: &Value<'_>, scenario: Option<&Scenario>, desk: &mut Desk<'_>) -> Option<Choice> {
    let fields = value.table()?;
    let truth = match (fields.get("claim"), fields.get("correct")) {
        (Some(claim), _) => Truth::Claim(claim::claim(claim, scenario, desk)?),
        (None, correct) => Truth::Said(correct?.flag()?),
    };
    let (refute, because) = (fields.text("refute"), fields.text("because"));
    Some(Choice { text: fields.text("text")?, truth, refute, because })
}

/// An answer with what is said to it, as long as the outcome says it.
fn said(answer: &str, text: &str) -> String {
    format!("✓ You said “{answer}”. {text}")
}

/// Complains unless one option is right; each stands here with the part of the page that says so.
fn one_is_right(right: &[(usize, String)], evidence: &[String], notes: &mut Notes<'_>) {
    let cure = match evidence {
        [] => "write correct = true at one option".to_owned(),
        found => format!("the trace says: {}", found.join("; ")),
    };
    match right {
        [_] => {}
        [] => notes.error("ask.question", "no option of the question is right", cure),
        [_, (_, second), ..] => {
            let numbers: Vec<String> = right.iter().map(|(index, _)| (index + 1).to_string()).collect();
            notes.error(second, format!("options {} are right, and only one may be", numbers.join(" and ")), cure);
        }
    }
}
