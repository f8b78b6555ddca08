//! A real identity provider: the certified oidc-provider under Node, on a free port, gone with the test.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::{Value, json};
use varsel::openid::{OpenIdOptions, Setup};

const SERVER: &str = include_str!("openid/server.mjs");
pub const SECRET: &str = "hem:me%lig+og&lang=nok til en nokkel";

const MISSING: &str = "the identity provider is not installed: run tests/all, or install node (20 or later) and npm and run \
                       «npm ci --prefix target/openid» with both package files of tests/support/openid in target/openid";

/// The provider.
pub struct Provider {
    /// Its issuer, on `localhost`: to a browser another site than 127.0.0.1.
    pub issuer: String,
    client: reqwest::Client,
    child: Child,
    _held: ChildStdin,
}

impl Provider {
    /// Starts it; nobody may come back anywhere until [`Provider::begin`] says where.
    pub fn start() -> Provider {
        varsel::seal::choose_cryptography();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("openid");
        assert!(folder.join("node_modules/oidc-provider").is_dir(), "{MISSING}");
        let mut child = Command::new("node")
            .args(["--input-type=module", "--eval", SERVER])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|why| panic!("{MISSING} ({why})"));
        let held = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let issuer = lines.filter_map(|line| line.strip_prefix("ready ").map(str::to_owned)).next();
        let issuer = issuer.unwrap_or_else(|| panic!("the identity provider does not start; {MISSING}"));
        Provider { issuer, client: reqwest::Client::new(), child, _held: held }
    }

    /// Says what is to change.
    pub async fn tell(&self, what: Value) {
        let answer = self.client.post(format!("{}/test", self.issuer)).body(what.to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 204);
    }

    /// Begins to serve the app at this address, with further wishes.
    pub async fn begin(&self, app: &str, mut wishes: Value) {
        wishes["redirect"] = json!([format!("{app}/sign-in/openid/back")]);
        wishes["logout"] = json!([format!("{app}/sign-in")]);
        self.tell(wishes).await;
    }

    /// The setup of an app that signs people in here, as the operator writes it.
    pub fn options(&self, roles: &str, everybody: &str) -> OpenIdOptions {
        OpenIdOptions {
            oidc_issuer: Some(self.issuer.clone()),
            oidc_client_id: Some("varsel".into()),
            oidc_client_secret: Some(SECRET.into()),
            oidc_name: Some("SMB <innlogging>".into()),
            oidc_scopes: Some("openid email profile groups".into()),
            oidc_groups_claim: None,
            oidc_roles: Some(roles.into()),
            oidc_everybody: Some(everybody.into()),
        }
    }

    /// The same, checked.
    pub fn setup(&self, roles: &str, everybody: &str) -> Setup {
        Setup::parse(&self.options(roles, everybody)).unwrap().unwrap()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
