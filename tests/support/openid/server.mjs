// A certified OpenID provider (oidc-provider) on a free port of this machine, with people, and with faults on request.
//
// It prints its issuer, and then listens: POST /test begins it (who may come back where) and says what is to change.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from 'jose';

const SECRET = 'hem:me%lig+og&lang=nok til en nokkel';

const key = async (kid) => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const marks = { kid, alg: 'RS256', use: 'sig' };
  return { privateKey, private: { ...await exportJWK(privateKey), ...marks }, public: { ...await exportJWK(publicKey), ...marks } };
};
const [own, next, foreign] = [await key('own'), await key('next'), await key('own')];

const state = { people: {}, spoil: '', publish: false, redirect: [], logout: [], token: true };
let handle = (request, answer) => answer.writeHead(503).end();

// What a token can have wrong, or be signed with; the rest of it stays as the provider made it.
const spoilt = async (token) => {
  const claims = decodeJwt(token);
  const now = Math.floor(Date.now() / 1000);
  const sign = (changes, by = own.privateKey, alg = 'RS256', kid = 'own') =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg, kid }).sign(by);
  const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  switch (state.spoil) {
    case 'foreign-key': return sign({}, foreign.privateKey);
    case 'next-key': return sign({}, next.privateKey, 'RS256', 'next');
    case 'shared-secret': return sign({}, new TextEncoder().encode(SECRET), 'HS256');
    case 'unsigned': return `${base64({ alg: 'none' })}.${base64(claims)}.`;
    case 'nonce': return sign({ nonce: 'another' });
    case 'no-nonce': return sign({ nonce: undefined });
    case 'audience': return sign({ aud: 'another' });
    case 'audiences': return sign({ aud: ['varsel', 'another'] });
    case 'party': return sign({ azp: 'another' });
    case 'issuer': return sign({ iss: 'https://login.evil.example' });
    case 'expired': return sign({ iat: now - 7200, exp: now - 3600 });
    case 'overage': return sign({ _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://x' } } });
    default: return token;
  }
};

const html = (ctx, body) => { ctx.type = 'html'; ctx.body = `<!doctype html><html lang="en"><title>Provider</title><main>${body}</main></html>`; };

const interact = async (provider, ctx) => {
  const details = await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.method === 'GET') {
    html(ctx, `<h1>Provider</h1><form method="post"><label>Name <input name="login" id="login"></label><button id="go">Sign in</button></form>`);
    return;
  }
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const login = new URLSearchParams(Buffer.concat(chunks).toString()).get('login');
  const result = login === 'refuse'
    ? { error: 'access_denied', error_description: '<b>Ikke</b> i dag' }
    : { login: { accountId: login } };
  ctx.respond = false;
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
};

const begin = (issuer, inToken) => {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'varsel', client_secret: SECRET, redirect_uris: state.redirect, post_logout_redirect_uris: state.logout,
      grant_types: ['authorization_code'], response_types: ['code'], token_endpoint_auth_method: state.method ?? 'client_secret_basic',
    }],
    clientAuthMethods: state.method ? [state.method] : ['client_secret_basic', 'client_secret_post'],
    jwks: { keys: [own.private] },
    cookies: { keys: ['a key for cookies of tests'] },
    conformIdTokenClaims: !inToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: !state.staysIn } },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'locale'], groups: ['groups'] },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...state.people[id] }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, go) => {
    if (ctx.path.startsWith('/interaction/')) return interact(provider, ctx);
    await go();
    if (ctx.path === '/token' && ctx.body?.id_token) ctx.body.id_token = await spoilt(ctx.body.id_token);
    if (ctx.path === '/jwks' && state.publish) ctx.body = { keys: [...ctx.body.keys, next.public] };
  });
  return provider.callback();
};

const server = createServer(async (request, answer) => {
  if (request.url !== '/test') return handle(request, answer);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const told = JSON.parse(Buffer.concat(chunks).toString());
  Object.assign(state, told);
  if (told.redirect) handle = begin(issuer, told.inToken ?? false);
  answer.writeHead(204).end();
});
let issuer;
// Nobody reads what else is said; writing there would be the end.
for (const way of ['log', 'info', 'warn']) console[way] = console.error;
server.listen(0, 'localhost', () => {
  issuer = `http://localhost:${server.address().port}`;
  process.stdout.write(`ready ${issuer}\n`);
});
// Whoever started this holds the other end; when they are gone, so is this.
process.stdin.on('end', () => process.exit()).resume();
