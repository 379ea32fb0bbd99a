import type { ChektConnectElement } from '../../src/index.js';
import { attributesFor, everyAttribute, listen, readSession, type Mode, type Session } from './embed.js';
import { byId } from './dom.js';
import { notice } from './notice.js';
import type { Run } from './sandbox.js';
import type { Scenario } from './scenarios/scenario.js';
import { attributeNames, type AttributeName, type Settings } from './settings.js';

export type Attributes = Readonly<Partial<Record<AttributeName, string>>>;

/** The element's attributes: those of the platform, overridden by the scenario's and then by the URL's. */
export function attributesOf(
  session: Session,
  run: Run,
  mode: Mode,
  scenario: Scenario,
  settings: Settings,
): Attributes {
  const asked = attributeNames.map((name) => {
    const said = settings.attribute(name);
    return [name, said !== undefined ? said : scenario.attributes?.[name]] as const;
  });
  const all = everyAttribute(session, run, mode);
  // `service-url` alone, unless the scenario or the URL changes an attribute that it stands for.
  const canUseServiceUrl = asked.every(([name, value]) => value === undefined || !(name in all));
  const own: Partial<Record<AttributeName, string>> = canUseServiceUrl
    ? attributesFor(session, run, mode)
    : all;
  const entries = asked.map(([name, value]) => [name, value === undefined ? own[name] : value] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
}

/** Signs in to the platform as the account in the URL. Returns null if this browser has signed out. */
export async function enter(run: Run, account: string): Promise<Session | null> {
  const session = await readSession(run.base);
  if (!session || session.externalDealerId === account) return session;
  await run.signInToPlatform(account);
  return readSession(run.base);
}

/** Makes the element, without inserting it, and shows the platform's messages about this account. */
export function createElement(
  session: Session,
  run: Run,
  mode: Mode,
  attributes: Attributes,
): ChektConnectElement {
  const element = document.createElement('chekt-connect');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  // With `service-url` alone, the element asks for the account and its binding itself.
  const asks = 'service-url' in attributes && !('external-dealer-id' in attributes);
  if (session.binding && !asks) element.binding = session.binding;
  if (session.formerBinding && !asks) element.formerBinding = session.formerBinding;
  const { platformName } = session;
  listen(
    element,
    { base: run.base, mode, looks: !asks },
    {
      stored: () => notice(`${platformName} has stored the connection.`),
      notStored: (retry) =>
        notice(`CHeKT has recorded the connection, but ${platformName} could not store it.`, {
          label: 'Store it',
          do: retry,
        }),
    },
  );
  element.addEventListener('chekt-disconnected', () => byId('notice').replaceChildren());
  if (session.bindingStatus === 'unchecked') {
    notice(`${platformName} could not ask CHeKT whether this connection is still there.`);
  }
  return element;
}
