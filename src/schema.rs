//! The tables, beside `migrations/sqlite`; the column types are our own and mean the same on every engine.

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    account (id) {
        id -> UuidText,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        language -> Text,
        created_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::{InstantText, UuidText};

    one_time_link (token_hash) {
        token_hash -> Text,
        account_id -> Nullable<UuidText>,
        created_at -> InstantText,
        expires_at -> InstantText,
        used_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::db::{InstantText, UuidText};

    session (token_hash) {
        token_hash -> Text,
        account_id -> UuidText,
        created_at -> InstantText,
        last_seen_at -> InstantText,
    }
}

diesel::joinable!(session -> account (account_id));
diesel::joinable!(one_time_link -> account (account_id));
diesel::allow_tables_to_appear_in_same_query!(account, one_time_link, session);
