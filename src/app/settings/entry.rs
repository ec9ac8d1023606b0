//! What is typed into a row of the settings: taken if it can be, else kept with what is wrong with it.

use crate::app::settings::draft::{Draft, subscript};
use crate::app::settings::row::{Setting, What};
use crate::app::settings::typed::{Typed, TypedFault};
use crate::engine::number::coordinates;
use crate::engine::number::numeral;
use crate::engine::rule::method::fit;
use crate::engine::rule::parameter::{Domain, Parameter};
use crate::engine::step_size::schedule::formula::AlphaFormula;
use crate::lesson::made::sandbox;
use crate::objective::formula::mistake::ParseError;
use crate::objective::landscape::Landscape;

impl Draft {
    /// Adds a character to what is typed; says in words why there is nothing to type.
    pub fn type_in(&mut self, character: char) -> Result<(), String> {
        match self.row() {
            Some(row) if row.is_chosen() => Err(format!("{} is chosen with ← and →.", row.symbol)),
            _ => self.typed.get_or_insert_default().insert(character),
        }
    }

    /// Puts a value into the row of this place, or types it there where it is a number or a text.
    pub fn set(&mut self, place: usize, value: &str) -> Result<(), String> {
        self.selected = place;
        self.typed = None;
        let Some(row) = self.row() else { return Ok(()) };
        match &row.what {
            What::Rule(half) => return self.take_rule(*half, value),
            What::Parameter(path, Domain::Word(_)) => self.method = self.method.drafted(path, &value.into())?,
            What::Parameter(path, Domain::Flag) => {
                self.method = self.method.drafted(path, &toml::Value::Boolean(value == "true"))?;
            }
            _ => {
                let mut typed = Typed::default();
                value.chars().try_for_each(|character| typed.insert(character))?;
                self.typed = Some(typed);
            }
        }
        Ok(())
    }

    /// Takes the last character back; of a text that is not being typed yet, too.
    pub fn erase(&mut self) {
        if self.typed.is_none() {
            self.typed = self.row().filter(Setting::is_written).map(|row| Typed::of(row.value));
        }
        if let Some(typed) = &mut self.typed {
            typed.erase();
        }
    }

    /// Puts what was typed into its row; where it cannot go there, it stays, with its fault.
    pub fn settle(&mut self) -> bool {
        let (Some(mut typed), Some(row)) = (self.typed.take(), self.row()) else { return true };
        let whole = 0..typed.text().len();
        let fault = match self.put(&row, typed.text()) {
            Ok(()) => return true,
            Err(Wrong::Formula(error)) => TypedFault { span: error.span(), sentence: error.brief() },
            Err(Wrong::Value(sentence)) => TypedFault { span: whole, sentence },
        };
        typed.fault = Some(fault);
        self.typed = Some(typed);
        false
    }

    fn put(&mut self, row: &Setting, text: &str) -> Result<(), Wrong> {
        if text.trim().is_empty() && !matches!(row.what, What::Parameter(_, Domain::Vector)) {
            return Ok(());
        }
        match &row.what {
            What::Objective => self.put_objective(text)?,
            What::Rule(_) => {}
            What::Coordinate(_) if coordinates::is_list(text) => self.put_start(text)?,
            What::Coordinate(index) => {
                self.start[*index] = number(text, &row.symbol, self.reach(*index))?;
            }
            What::Parameter(path, Domain::Text) => {
                AlphaFormula { alpha: text.to_owned() }.at(0)?;
                self.method = self.method.drafted(path, &toml::Value::from(text))?;
            }
            What::Parameter(path, Domain::Vector) => {
                let numbers = coordinates::or_none(text, self.start.len())?;
                self.method = self.method.drafted(path, &toml::Value::from(numbers))?;
            }
            What::Parameter(path, domain) => {
                let value = domain.value(number(text, &row.symbol, *domain)?);
                self.method = self.method.drafted(path, &value)?;
            }
        }
        Ok(())
    }

    /// All coordinates of the start at once, from a point that was pasted.
    fn put_start(&mut self, text: &str) -> Result<(), Wrong> {
        let point = coordinates::exactly(text, self.start.len())?;
        for (index, coordinate) in point.iter().enumerate() {
            fits(*coordinate, text, &format!("x{}", subscript(index + 1)), self.reach(index))?;
        }
        self.start = point;
        Ok(())
    }

    fn put_objective(&mut self, text: &str) -> Result<(), Wrong> {
        let landscape = sandbox::landscape(text);
        let text = landscape.map_or(text, |landscape| landscape.formula);
        let formula = landscape.map_or_else(|| sandbox::formula(text), Landscape::objective)?;
        if self.subject.formula() != Some(text) {
            self.start = landscape
                .map_or_else(|| sandbox::start_for(&formula, &self.start), |landscape| landscape.start.to_vec());
            self.window =
                landscape.map_or_else(|| sandbox::window_around(&self.start), |landscape| landscape.window.to_vec());
            self.subject = formula.into();
            self.is_elsewhere = true;
        }
        Ok(())
    }
}

/// Why something typed cannot go into its row.
enum Wrong {
    Formula(ParseError),
    Value(String),
}

impl From<ParseError> for Wrong {
    fn from(error: ParseError) -> Self {
        Self::Formula(error)
    }
}

impl From<String> for Wrong {
    fn from(sentence: String) -> Self {
        Self::Value(sentence)
    }
}

fn number(text: &str, symbol: &str, domain: Domain) -> Result<f64, Wrong> {
    let number = numeral::number(text)?;
    fits(number, text, symbol, domain)?;
    Ok(number)
}

fn fits(number: f64, text: &str, symbol: &str, domain: Domain) -> Result<(), Wrong> {
    let parameter = Parameter { name: "", symbol: "", meaning: "", domain };
    fit(&parameter, &toml::Value::Float(number))
        .map_err(|_| format!("{symbol} cannot be {}: it takes {}", text.trim(), domain.in_words()))?;
    Ok(())
}
