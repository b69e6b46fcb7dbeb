/** One's own API tokens: those that there are, and the form that makes another. */
import type { ApiToken } from "@paperwire/store";
import { fieldMarks, type Problem, ProblemLine } from "../field-problem.tsx";
import { FormKey } from "../form-key.tsx";
import type { Site } from "../site.ts";
import { SettingsFrame, ThingForm, type Told } from "./settings-pages.tsx";

type TokensProps = Told & {
  site: Site;
  tokens: readonly ApiToken[];
  made?: string | undefined;
  /** What was sent and cannot be taken as it is. */
  typed?: Record<"name" | "scope" | "days", string> | undefined;
};

export function tokensPage({ site, tokens, made, typed, ...told }: TokensProps) {
  return (
    <SettingsFrame site={site} title="API tokens" here="/settings/tokens" {...told}>
      <p>
        For programs that act for you: <code>Authorization: Bearer pw_…</code>
      </p>
      {made && (
        <p class="notice" role="status">
          Your new token, shown only now: <code class="token">{made}</code>
        </p>
      )}
      <ul class="own-things">
        {tokens.map(({ id, name, scopes, createdAt, lastUsedAt, expiresAt }) => (
          <li>
            <span>
              <b>{name}</b>
              <small>
                may {scopes.join(", ")}; made {createdAt.slice(0, 10)};{" "}
                {lastUsedAt ? `last used ${lastUsedAt.slice(0, 10)}` : "never used"};{" "}
                {expiresAt ? `until ${expiresAt.slice(0, 10)}` : "does not expire"}
              </small>
            </span>
            <ThingForm action="/settings/tokens/revoke" id={id} label={`Revoke ${name}`}>
              Revoke
            </ThingForm>
          </li>
        ))}
      </ul>
      <h2>Make a token</h2>
      <TokenForm problem={told.problem} {...typed} />
    </SettingsFrame>
  );
}

const MAY = { read: "read what you may read", vote: "read and vote", write: "read, vote, write" } as const;
const LENGTHS = { "30": "30 days", "365": "a year", "0": "until it is revoked" } as const;

type TokenFormProps = { problem: Problem | undefined; name?: string; scope?: string; days?: string };

function TokenForm({ problem, name = "", scope = "read", days = "365" }: TokenFormProps) {
  return (
    <form class="wishes" method="post" action="/settings/tokens">
      <FormKey />
      <p>
        <label>
          <span>What it is for</span>
          <input
            type="text"
            name="name"
            required
            maxLength={TOKEN_NAME_CHARS_MAX}
            value={name}
            {...fieldMarks({ field: "name", problem })}
          />
        </label>
      </p>
      <ProblemLine field="name" problem={problem} />
      <p>
        <label>
          <span>What it may do</span>
          <Choice name="scope" among={MAY} chosen={scope} />
        </label>
      </p>
      <p>
        <label>
          <span>How long</span>
          <Choice name="days" among={LENGTHS} chosen={days} />
        </label>
      </p>
      <button type="submit">Make it</button>
    </form>
  );
}

type ChoiceProps = { name: string; among: Readonly<Record<string, string>>; chosen: string };

function Choice({ name, among, chosen }: ChoiceProps) {
  return (
    <select name={name}>
      {Object.entries(among).map(([value, words]) => (
        <option value={value} selected={value === chosen}>
          {words}
        </option>
      ))}
    </select>
  );
}

export const TOKEN_NAME_CHARS_MAX = 60;
