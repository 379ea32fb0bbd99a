import type { ChektConnectElement } from '../../chekt-connect-element.js';
import type { Messages } from '../messages.js';

/**
 * French, for Canada: no space before `?`, `!` and `;`, a no-break space before `:` and inside « ». To sign in is « ouvrir une
 * session », so that « connecter » keeps one meaning. Never `de {…}` or `que {…}`: before a vowel they are elided.
 */
const fr = {
  stepSignIn: 'Étape 1 sur 2\u00a0: Ouvrir une session CHeKT',
  stepConnect: 'Étape 2 sur 2\u00a0: Connecter {platform}',
  loading: 'Vérification de la session…',
  connectedTo: 'Connexion établie avec {platform}',
  disconnectFrom: 'Déconnecter {platform}?',

  signInMissing:
    'Aucune session CHeKT n’est ouverte ici. Ouvrez-en une à titre d’administrateur concessionnaire de votre entreprise.',
  signInExpired: 'Votre session est terminée. Ouvrez-en une nouvelle pour continuer.',
  signIn: 'Ouvrir une session CHeKT',
  yourSignIn: 'Votre session',
  signedIn: 'Votre session CHeKT est ouverte.',
  signedInAs: 'Ouverte par',
  signedInFor: 'Entreprise',
  signInLasts: 'Cette session',
  timeLeft: 'se termine dans {time}',
  'second.one': '{count} seconde',
  'second.other': '{count} secondes',
  'minute.one': '{count} minute',
  'minute.other': '{count} minutes',
  'hour.one': '{count} heure',
  'hour.other': '{count} heures',
  ended: 'est terminée',
  switchAccount: 'Ce n’est pas vous? Utiliser un autre compte',

  whatConnectGives: 'Ce que permet «\u00a0Connecter\u00a0»',
  grant:
    '{platform} pourra utiliser de façon autonome le compte CHeKT de votre entreprise, même sans session ouverte, jusqu’à ce que vous le déconnectiez.',
  platformAccount: 'Votre compte {platform}\u00a0',
  permission: '{verbs} {resource}',
  list: '{items} et {last}',
  comma: ', ',
  otherPermission: 'Autre autorisation\u00a0: {name}',
  'verb.read': 'consulter',
  'verb.create': 'ajouter',
  'verb.update': 'modifier',
  'verb.delete': 'supprimer',
  'resource.dealer': 'les renseignements de votre entreprise',
  'resource.sites': 'les sites',
  'resource.devices': 'les appareils',
  'resource.site_contacts': 'les personnes-ressources des sites',
  'resource.monitoring_stations': 'les centrales de surveillance',

  companyName: 'Nom de l’entreprise',
  companyNameHelp: 'Le nom sous lequel votre entreprise est inscrite auprès de CHeKT.',
  companyNameMissing: 'Entrez le nom de votre entreprise.',
  companyNameRefused:
    'CHeKT n’a pas accepté ce nom. Entrez le nom sous lequel votre entreprise est inscrite auprès de CHeKT.',
  connect: 'Connecter {platform}',
  connecting: 'Connexion en cours…',
  stillWorking: 'Toujours en cours. Ne fermez pas cette page.',
  checkAgain: 'Vérifier de nouveau',
  tryAgain: 'Réessayer',
  tryAgainIn: 'Vous pourrez réessayer dans {time}.',

  connectedNow: 'La connexion entre {company} et {platform} est établie.',
  nameDiffers:
    'Vous avez entré «\u00a0{typed}\u00a0», mais «\u00a0{company}\u00a0» est le nom inscrit auprès de CHeKT.',
  dealerDiffers:
    'Votre session est celle du concessionnaire CHeKT {signedIn}, mais c’est {connected} qui est connecté.',
  bindingLost: '{company} n’a plus de connexion avec {platform}.',
  bindingUnreachable:
    '{platform} n’a plus accès à {company} dans CHeKT. La connexion y a peut-être été retirée.',
  accessInPortal: 'L’accès peut être retiré dans le Dealer Portal de CHeKT.',
  dealerId: 'Numéro de concessionnaire CHeKT',
  address: 'Adresse',
  email: 'Courriel',
  phone: 'Téléphone',
  connectedOn: 'Connexion établie le',
  connectedBy: 'Connexion établie par',
  notYourCompany: 'Ce n’est pas votre entreprise?',
  disconnectFirst: 'Déconnectez-la, puis ouvrez une session avec un autre compte.',
  askToDisconnect: 'Pour la déconnecter, communiquez avec {platform}.',

  disconnect: 'Déconnecter',
  disconnectLoses:
    '{platform} n’aura plus accès à {company} dans CHeKT, et ses services pour vos sites pourraient cesser. Vous pourrez connecter de nouveau en tout temps.',
  keepConnected: 'Garder la connexion',
  disconnecting: 'Déconnexion en cours…',
  disconnected: 'La connexion entre {company} et {platform} a pris fin.',

  'error.configuration': 'Impossible de connecter CHeKT ici en ce moment. Communiquez avec {platform}.',
  'error.unauthorized': 'CHeKT n’accepte plus cette session. Ouvrez-en une nouvelle pour continuer.',
  'error.unauthorized.login_required':
    'Vous n’avez pas de session {platform} ouverte. Ouvrez-en une, puis revenez à cette page.',
  'error.forbidden':
    'CHeKT n’a pas accepté la demande. Communiquez avec {platform} et donnez la référence ci-dessous.',
  'error.forbidden.permission_denied':
    'Votre compte CHeKT n’a pas les droits d’administrateur concessionnaire. Communiquez avec l’administrateur du compte ou utilisez un autre compte.',
  'error.forbidden.access_denied':
    'Vous avez choisi de ne pas autoriser l’accès; rien n’a été connecté. Ouvrez une nouvelle session pour continuer.',
  'error.forbidden.other_account':
    'Votre session {platform} est ouverte avec un autre compte. Revenez-y à ce compte, puis réessayez.',
  'error.not-found':
    'CHeKT ne connaît pas cette entreprise. Communiquez avec {platform} et donnez la référence ci-dessous.',
  'error.conflict':
    'Votre entreprise ou votre compte {platform} a déjà une autre connexion. Communiquez avec {platform}.',
  'error.conflict.sign_in_changed':
    'La session a changé; rien n’a été envoyé avec elle. Vérifiez à qui est la session, puis connectez de nouveau.',
  'error.conflict.idempotency_conflict':
    'CHeKT traite encore votre dernière tentative. Attendez un moment, puis réessayez.',
  'error.invalid-request':
    'CHeKT n’a pas accepté ces renseignements. Vérifiez le nom de l’entreprise, puis réessayez.',
  'error.rate-limited': 'CHeKT reçoit trop de demandes en ce moment.',
  'error.timeout': 'CHeKT n’a pas répondu à temps.',
  'error.network': 'Impossible de joindre CHeKT. Vérifiez votre connexion Internet.',
  'error.server': 'CHeKT a un problème en ce moment. Réessayez dans quelques minutes.',
  'error.invalid-response':
    'La réponse de CHeKT est illisible. Si le problème persiste, communiquez avec {platform}.',
  signInCheckFailed:
    'Impossible de vérifier la session. Réessayez; si le problème persiste, communiquez avec {platform}.',
  outcomeUnknown:
    'On ne sait pas encore si l’opération a réussi. Vous pouvez vérifier de nouveau\u00a0: rien ne sera fait deux fois.',
  signInChanged:
    'La session a changé\u00a0: {person} a maintenant une session CHeKT ouverte. Rien n’a été envoyé avec cette session. Vérifiez l’entreprise, puis connectez de nouveau.',
  earlierUnknown: 'On ne sait pas encore si la tentative précédente a réussi.',
  reference: 'Référence pour le soutien\u00a0',
  copy: 'Copier',
  copied: 'Copié',
} satisfies Messages;

void globalThis.customElements
  ?.whenDefined('chekt-connect')
  .then((element) => (element as typeof ChektConnectElement).addMessages('fr', fr));
