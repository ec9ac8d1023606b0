//! `downhill schema`: the lesson format, for editors.

use std::io::Write;

use crate::command::answer::CommandResult;
use crate::export::json_schema;

/// Prints the schema.
pub fn schema(out: &mut dyn Write) -> CommandResult {
    let text = serde_json::to_string_pretty(&json_schema::schema()).map_err(std::io::Error::from)?;
    writeln!(out, "{text}")?;
    Ok(0)
}
