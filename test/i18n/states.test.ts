import { expect } from '@open-wc/testing';
import { embed, textOf } from '../element/fixture.js';
import { createWire } from '../wire/wire.js';
import { added, languagesAdded, plain } from './languages.js';

/** What a dealer admin reads, state by state. */
const expected = {
  es: {
    unauthorized: [
      'Paso 1 de 2: Iniciar sesión en CHeKT',
      'Su sesión',
      'Aún no ha iniciado sesión en CHeKT.',
    ],
    authorized: ['Paso 2 de 2: Conectar Northwind Cloud', 'Iniciada por', 'termina en 42 minutos'],
    connecting: 'Conectando…',
    refused: ['no tiene permisos de administrador', 'Consulte al administrador de la cuenta', 'Referencia'],
    connected: [
      'Conexión activa con Northwind Cloud',
      'ID de distribuidor en CHeKT 12345',
      '2 de marzo de 2026',
    ],
    confirming: ['¿Desconectar Northwind Cloud?', 'ya no tendrá acceso a Acme, Inc. en CHeKT'],
    waiting: 'Podrá intentarlo de nuevo en 20 segundos.',
  },
  fr: {
    unauthorized: [
      'Étape 1 sur 2 : Ouvrir une session CHeKT',
      'Votre session',
      'Aucune session CHeKT n’est ouverte',
    ],
    authorized: ['Étape 2 sur 2 : Connecter Northwind Cloud', 'Ouverte par', 'se termine dans 42 minutes'],
    connecting: 'Connexion en cours…',
    refused: [
      'n’a pas les droits d’administrateur',
      'l’administrateur du compte',
      'Référence pour le soutien : ',
    ],
    connected: [
      'Connexion établie avec Northwind Cloud',
      'Numéro de concessionnaire CHeKT 12345',
      '2 mars 2026',
    ],
    confirming: ['Déconnecter Northwind Cloud?', 'n’aura plus accès à Acme, Inc. dans CHeKT'],
    waiting: 'Vous pourrez réessayer dans 20 secondes.',
  },
  ko: {
    unauthorized: ['2단계 중 1단계: CHeKT 로그인', '로그인 정보', '아직 CHeKT에 로그인하지 않았습니다.'],
    authorized: ['2단계 중 2단계: Northwind Cloud 연결', '로그인한 사람', '42분 남음'],
    connecting: '연결하는 중…',
    refused: ['딜러 관리자 권한이 없습니다', '계정 관리자에게 문의하거나', '지원용 참조 번호'],
    connected: ['Northwind Cloud에 연결됨', 'CHeKT 딜러 ID 12345', '2026년 3월 2일'],
    confirming: ['Northwind Cloud 연결을 해제하시겠습니까?', 'Acme, Inc. 계정을 이용할 수 없으며'],
    waiting: '20초 후에 다시 시도할 수 있습니다.',
  },
} as const;

const signedIn = async () => ({ access_token: 'abc', expires_in: 42 * 60, name: 'Dana Reyes' });

for (const lang of added) {
  describe(`in ${lang}, the element`, () => {
    before(languagesAdded);
    const words = expected[lang];

    it('asks to sign in', async () => {
      const { element } = embed({ lang, getAccessToken: async () => null });
      await element.ready;
      await element.updateComplete;
      for (const text of words.unauthorized) expect(textOf(element)).to.contain(text);
    });

    it('offers to connect, connects, and says why that was refused', async () => {
      const error = { code: 'permission_denied', message: 'No.', request_id: 'req-1' };
      const wire = await createWire([{ hold: true, status: 403, json: { error } }]);
      const { element } = embed({ lang, getAccessToken: signedIn, apiBaseUrl: wire.baseUrl });
      await element.ready;
      await element.updateComplete;
      for (const text of words.authorized) expect(textOf(element)).to.contain(text);

      const refused = element.connect('Acme').catch(() => {});
      await wire.waitForRequests(1);
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector('[role=status]')!.textContent!.trim()).to.equal(
        words.connecting,
      );

      await wire.release();
      await refused;
      await element.updateComplete;
      for (const text of words.refused) expect(textOf(element)).to.contain(text);
    });

    it('says how long to wait', async () => {
      const wire = await createWire([{ status: 429, headers: { 'Retry-After': '20' } }]);
      const getAccessToken = signedIn;
      const { element } = embed({ lang, getAccessToken, apiBaseUrl: wire.baseUrl, timeout: 5_000 });
      await element.ready;
      await element.connect('Acme').catch(() => {});
      await element.updateComplete;
      expect(textOf(element)).to.contain(words.waiting);
    });

    it('shows what is connected, and asks before it disconnects', async () => {
      const binding = {
        dealerId: 12345,
        externalDealerId: 'adc-67890',
        companyName: 'Acme, Inc.',
        connectedAt: '2026-03-02T12:00:00Z',
      };
      const { element } = embed({ lang, binding, disconnectBaseUrl: '/chekt' });
      await element.ready;
      await element.updateComplete;
      for (const text of words.connected) expect(plain(textOf(element))).to.contain(text);
      element.shadowRoot!.querySelector<HTMLElement>('[part~=disconnect-button]')!.click();
      await element.updateComplete;
      for (const text of words.confirming) expect(textOf(element)).to.contain(text);
    });
  });
}
