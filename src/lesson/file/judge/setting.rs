//! A rule by its name, and what is put into its settings.

use toml::Value as Setting;
use toml::de::DeValue;

use crate::engine::rule::method::{Half, fit};
use crate::engine::rule::parameter::Parameter;
use crate::lesson::file::fields::Value;
use crate::lesson::file::judge::scalar::{number, raw};
use crate::lesson::file::read::desk::Desk;
use crate::lesson::file::read::spelling;

/// The name of a rule that this version has.
pub fn rule<'d>(half: Half, value: &Value<'d>, desk: &mut Desk<'_>) -> Option<&'d str> {
    let rule = raw(value, desk)?;
    let names = half.names();
    if names.iter().any(|name| name == rule) {
        return Some(rule);
    }
    let cure = spelling::cure(rule, names.iter().map(String::as_str));
    desk.fault(&value.span, format!("`{}` has no rule `{rule}`", half.key()), cure);
    None
}

/// What is put into a parameter, if it may be.
pub fn setting(parameter: &Parameter, value: &Value<'_>, desk: &mut Desk<'_>) -> Option<Setting> {
    let setting = plain(value.raw).and_then(|setting| fit(parameter, &setting).ok());
    if setting.is_none() {
        let written =
            desk.source.get(value.span.clone()).filter(|written| written.len() < 40 && !written.contains('\n'));
        let message = format!("`{}` cannot be {}", parameter.name, written.unwrap_or("this"));
        let cure = format!("{} ({}) takes {}", parameter.symbol, parameter.meaning, parameter.domain.in_words());
        desk.fault(&value.span, message, cure);
    }
    setting
}

/// The value as the engine takes it; `None` for what no setting can be.
fn plain(written: &DeValue<'_>) -> Option<Setting> {
    match written {
        DeValue::String(text) => Some(Setting::String(text.to_string())),
        DeValue::Boolean(flag) => Some(Setting::Boolean(*flag)),
        DeValue::Integer(_) | DeValue::Float(_) => number(written).map(Setting::Float),
        DeValue::Array(items) => {
            let numbers: Option<Vec<f64>> = items.iter().map(|item| number(item.get_ref())).collect();
            numbers.map(Setting::from)
        }
        _ => None,
    }
}
