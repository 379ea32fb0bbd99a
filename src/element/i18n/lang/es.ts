import type { ChektConnectElement } from '../../chekt-connect-element.js';
import type { Messages } from '../messages.js';

/** Spanish, for the Americas. Never `y {…}` or `o {…}`: before some names they are `e` and `u`. */
const es = {
  stepSignIn: 'Paso 1 de 2: Iniciar sesión en CHeKT',
  stepConnect: 'Paso 2 de 2: Conectar {platform}',
  loading: 'Comprobando su sesión…',
  connectedTo: 'Conexión activa con {platform}',
  disconnectFrom: '¿Desconectar {platform}?',

  signInMissing:
    'Aún no ha iniciado sesión en CHeKT. Inicie sesión como administrador de distribuidor de su empresa.',
  signInExpired: 'Su sesión ha terminado. Inicie sesión de nuevo para continuar.',
  signIn: 'Iniciar sesión en CHeKT',
  yourSignIn: 'Su sesión',
  signedIn: 'Ha iniciado sesión en CHeKT.',
  signedInAs: 'Iniciada por',
  signedInFor: 'Empresa',
  signInLasts: 'Esta sesión',
  timeLeft: 'termina en {time}',
  'second.one': '{count} segundo',
  'second.other': '{count} segundos',
  'minute.one': '{count} minuto',
  'minute.other': '{count} minutos',
  'hour.one': '{count} hora',
  'hour.other': '{count} horas',
  ended: 'ha terminado',
  switchAccount: '¿No es usted? Usar otra cuenta',

  whatConnectGives: 'Qué permite “Conectar”',
  grant:
    '{platform} podrá usar de forma autónoma la cuenta de CHeKT de su empresa, incluso sin una sesión iniciada, hasta que usted la desconecte.',
  platformAccount: 'Su cuenta de {platform}',
  permission: '{verbs} {resource}',
  list: '{items} y {last}',
  comma: ', ',
  otherPermission: 'Otro permiso: {name}',
  'verb.read': 'ver',
  'verb.create': 'agregar',
  'verb.update': 'modificar',
  'verb.delete': 'eliminar',
  'resource.dealer': 'los datos de su empresa',
  'resource.sites': 'sitios',
  'resource.devices': 'dispositivos',
  'resource.site_contacts': 'contactos de los sitios',
  'resource.monitoring_stations': 'centrales de monitoreo',

  companyName: 'Nombre de la empresa',
  companyNameHelp: 'El nombre con el que su empresa está registrada en CHeKT.',
  companyNameMissing: 'Escriba el nombre de su empresa.',
  companyNameRefused:
    'CHeKT no aceptó este nombre. Escriba el nombre con el que su empresa está registrada en CHeKT.',
  connect: 'Conectar {platform}',
  connecting: 'Conectando…',
  stillWorking: 'Aún en curso. No cierre esta página.',
  checkAgain: 'Comprobar de nuevo',
  tryAgain: 'Intentar de nuevo',
  tryAgainIn: 'Podrá intentarlo de nuevo en {time}.',

  connectedNow: 'La conexión de {company} con {platform} está activa.',
  nameDiffers: 'Escribió “{typed}”, pero “{company}” es el nombre registrado en CHeKT.',
  dealerDiffers: 'Inició sesión para el distribuidor {signedIn} de CHeKT, pero se conectó {connected}.',
  bindingLost: '{company} ya no tiene conexión con {platform}.',
  bindingUnreachable:
    '{platform} ya no tiene acceso a {company} en CHeKT. Es posible que se haya desconectado allí.',
  accessInPortal: 'El acceso se puede quitar en el Dealer Portal de CHeKT.',
  dealerId: 'ID de distribuidor en CHeKT',
  address: 'Dirección',
  email: 'Correo electrónico',
  phone: 'Teléfono',
  connectedOn: 'Fecha de conexión',
  connectedBy: 'Conexión realizada por',
  notYourCompany: '¿No es su empresa?',
  disconnectFirst: 'Desconéctela e inicie sesión con otra cuenta.',
  askToDisconnect: 'Para desconectarla, comuníquese con {platform}.',

  disconnect: 'Desconectar',
  disconnectLoses:
    '{platform} ya no tendrá acceso a {company} en CHeKT, y los servicios que presta a sus sitios podrían interrumpirse. Podrá conectar de nuevo en cualquier momento.',
  keepConnected: 'Mantener la conexión',
  disconnecting: 'Desconectando…',
  disconnected: 'La conexión de {company} con {platform} ha terminado.',

  'error.configuration': 'CHeKT no se puede conectar aquí en este momento. Comuníquese con {platform}.',
  'error.unauthorized': 'CHeKT ya no acepta esta sesión. Inicie sesión de nuevo para continuar.',
  'error.unauthorized.login_required':
    'No tiene una sesión iniciada en {platform}. Inicie sesión allí y vuelva a esta página.',
  'error.forbidden':
    'CHeKT no aceptó la solicitud. Comuníquese con {platform} e indique la referencia de abajo.',
  'error.forbidden.permission_denied':
    'Su cuenta de CHeKT no tiene permisos de administrador de distribuidor. Consulte al administrador de la cuenta o use otra cuenta.',
  'error.forbidden.access_denied':
    'Usted decidió no autorizar el acceso y no se conectó nada. Inicie sesión de nuevo para continuar.',
  'error.forbidden.other_account':
    'Ha iniciado sesión en {platform} con otra cuenta. Vuelva allí a esta cuenta e inténtelo de nuevo.',
  'error.not-found':
    'CHeKT no conoce esta empresa. Comuníquese con {platform} e indique la referencia de abajo.',
  'error.conflict':
    'Su empresa o su cuenta de {platform} ya tiene otra conexión. Comuníquese con {platform}.',
  'error.conflict.sign_in_changed':
    'Su sesión ha cambiado y no se envió nada con ella. Revise quién tiene la sesión iniciada y conecte de nuevo.',
  'error.conflict.idempotency_conflict':
    'CHeKT aún procesa su último intento. Espere un momento e inténtelo de nuevo.',
  'error.invalid-request':
    'CHeKT no aceptó estos datos. Revise el nombre de la empresa e inténtelo de nuevo.',
  'error.rate-limited': 'CHeKT recibe demasiadas solicitudes en este momento.',
  'error.timeout': 'CHeKT no respondió a tiempo.',
  'error.network': 'No se pudo contactar con CHeKT. Revise su conexión a Internet.',
  'error.server': 'CHeKT tiene un problema en este momento. Inténtelo de nuevo en unos minutos.',
  'error.invalid-response':
    'La respuesta de CHeKT no se puede leer. Si el problema continúa, comuníquese con {platform}.',
  signInCheckFailed:
    'No se pudo comprobar su sesión. Inténtelo de nuevo; si el problema continúa, comuníquese con {platform}.',
  outcomeUnknown: 'Aún no se sabe si se completó. Puede comprobarlo de nuevo: nada se hará dos veces.',
  signInChanged:
    'Su sesión ha cambiado: ahora {person} tiene la sesión iniciada en CHeKT. No se envió nada con esta sesión. Revise la empresa y conecte de nuevo.',
  earlierUnknown: 'Aún no se sabe si el intento anterior se completó.',
  reference: 'Referencia para soporte',
  copy: 'Copiar',
  copied: 'Copiado',
} satisfies Messages;

void globalThis.customElements
  ?.whenDefined('chekt-connect')
  .then((element) => (element as typeof ChektConnectElement).addMessages('es', es));
