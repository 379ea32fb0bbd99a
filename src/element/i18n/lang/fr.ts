import type { ChektConnectElement } from '../../chekt-connect-element.js';
import type { Messages } from '../messages.js';

/**
 * French, for Canada: no space before `?`, `!` and `;`, a no-break space before `:` and inside « ». To sign in is « ouvrir une
 * session », so that « connecter » keeps one meaning. Never `de {…}` or `que {…}`: before a vowel they are elided.
 */
const fr = {
  heading: 'Connecter CHeKT à {platform}',
  connectCompany: 'Connectez {company} au compte {account} dans {platform}.',
  connectYours: 'Connectez votre entreprise au compte {account} dans {platform}.',
  loading: 'Vérification de la session…',
  signInFirst: 'Ouvrez une session d’administrateur concessionnaire',
  signInHelp: 'Vous irez à CHeKT, puis reviendrez ici.',
  signIn: 'Ouvrir une session CHeKT',
  signedIn: 'Votre session CHeKT est ouverte',
  signInEnds: 'Cette session se termine dans {time}.',
  notYou: 'Ce n’est pas vous?',
  switchAccount: 'Utiliser un autre compte',

  grant: '{platform} pourra\u00a0:',
  grantAll: '{platform} pourra utiliser le compte CHeKT de votre entreprise.',
  grantLasts: 'Jusqu’à la déconnexion, même sans session ouverte.',
  permission: '{verbs} {resource}',
  and: '{items} et {last}',
  'verb.read': 'consulter',
  'verb.create': 'ajouter',
  'verb.update': 'modifier',
  'verb.delete': 'supprimer',
  'resource.dealer': 'les renseignements de votre entreprise',
  'resource.sites': 'vos sites',
  'resource.devices': 'vos appareils',
  'resource.site_contacts': 'les personnes-ressources de vos sites',
  'resource.monitoring_stations': 'vos centrales de surveillance',

  change: 'Changer',
  companyName: 'Nom de l’entreprise',
  companyNameHelp: 'Tel qu’il figure dans le Dealer Portal de CHeKT.',
  companyNameMissing: 'Entrez le nom de votre entreprise.',
  companyNameRefused: 'CHeKT n’a pas accepté ce nom.',
  connect: 'Connecter CHeKT',
  connecting: 'Connexion en cours…',
  stillWorking: 'C’est long. Ne fermez pas cette page.',
  checkAgain: 'Vérifier de nouveau',
  tryAgain: 'Réessayer',
  tryAgainIn: 'Vous pourrez réessayer dans {time}.',

  headingConnected: 'CHeKT est connecté',
  connectedNow: '{company} a une connexion au compte {account} dans {platform}.',
  since: 'Depuis le {date}',
  connectedBy: 'Connexion établie par {person}',
  nameDiffers: 'Vous avez entré «\u00a0{typed}\u00a0». Chez CHeKT, le nom est «\u00a0{company}\u00a0».',
  dealerDiffers:
    'Votre session est celle du concessionnaire CHeKT {signedIn}, mais c’est {connected} qui est connecté.',
  bindingLost: '{company} n’a plus de connexion avec {platform}.',
  bindingUnreachable:
    '{platform} n’a plus accès à {company} dans CHeKT. La connexion y a peut-être été retirée. L’accès peut être retiré dans le Dealer Portal.',
  companyDetails: 'Renseignements de l’entreprise',
  dealerId: 'Numéro de concessionnaire CHeKT',
  address: 'Adresse',
  email: 'Courriel',
  phone: 'Téléphone',
  askToDisconnect: 'Pour déconnecter, communiquez avec {platform}.',

  disconnect: 'Déconnecter',
  disconnectFrom: 'Déconnecter CHeKT et {platform}?',
  disconnectLoses:
    '{platform} perdra l’accès à {company} dans CHeKT. Ses services pour vos sites pourraient cesser.',
  keepConnected: 'Garder la connexion',
  disconnecting: 'Déconnexion en cours…',
  disconnected: 'La connexion entre {company} et {platform} a pris fin.',

  'title.configuration': 'Non disponible en ce moment',
  'error.configuration': 'Communiquez avec {platform}.',
  'title.unauthorized': 'Votre session est terminée',
  'error.unauthorized': 'Ouvrez une nouvelle session pour continuer.',
  'title.unauthorized.login_required': 'Votre session {platform} est fermée',
  'error.unauthorized.login_required': 'Ouvrez-en une, puis revenez ici.',
  'title.forbidden.other_account': 'Votre session {platform} est ouverte avec un autre compte',
  'error.forbidden.other_account': 'Revenez-y au compte {account}, puis réessayez.',
  'title.forbidden.access_denied': 'Vous avez choisi de ne pas autoriser l’accès',
  'error.forbidden.access_denied': 'Ouvrez une nouvelle session et autorisez l’accès.',
  'title.forbidden.permission_denied': 'Seul un administrateur concessionnaire peut connecter CHeKT',
  'error.forbidden.permission_denied':
    'Pas administrateur concessionnaire? Demandez au vôtre d’ouvrir cette page et une session. Copiez-lui l’adresse.',
  'title.forbidden': 'CHeKT a refusé la demande',
  'error.forbidden': 'Communiquez avec {platform} en donnant les détails ci-dessous.',
  'title.not-found': 'CHeKT n’a pas trouvé cette entreprise',
  'error.not-found': 'Communiquez avec {platform} en donnant les détails ci-dessous.',
  'title.conflict': 'Une connexion existe déjà',
  'error.conflict':
    'Votre entreprise est déjà connectée à un autre compte dans {platform}, ou ce compte à une autre entreprise. Communiquez avec {platform}.',
  'title.conflict.sign_in_changed': 'La session a changé',
  'error.conflict.sign_in_changed': 'Vérifiez à qui est la session, puis connectez.',
  signInChanged: 'La session est maintenant celle-ci\u00a0: {person}.',
  'title.conflict.idempotency_conflict': 'CHeKT traite encore votre dernière tentative',
  'title.invalid-request': 'Cela n’a pas fonctionné',
  'error.invalid-request':
    'Réessayez dans quelques minutes. Si le problème persiste, communiquez avec {platform}.',
  'title.rate-limited': 'CHeKT est occupé',
  'error.rate-limited': 'Réessayez dans un moment.',
  'title.network': 'Impossible de joindre CHeKT',
  'error.network': 'Vérifiez votre connexion Internet, puis réessayez.',
  'title.server': 'CHeKT a un problème en ce moment',
  'error.server': 'Réessayez dans quelques minutes. Si le problème persiste, communiquez avec {platform}.',
  'title.signInCheckFailed': 'Impossible de vérifier votre session',
  'error.signInCheckFailed':
    'Réessayez dans quelques minutes. Si le problème persiste, communiquez avec {platform}.',
  outcomeUnknown: 'L’opération a peut-être réussi. Vérifiez de nouveau\u00a0: rien n’est fait deux fois.',
  earlierUnknown: 'La tentative précédente a peut-être réussi.',
  reference: 'Détails pour le soutien',
  copy: 'Copier',
  copied: 'Copié',
} satisfies Messages;

void globalThis.customElements
  ?.whenDefined('chekt-connect')
  .then((element) => (element as typeof ChektConnectElement).addMessages('fr', fr));
