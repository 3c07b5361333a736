# Lo que dicen los papeles: hoja de ayuda para el pago, tríptico, aviso de privacidad y calendario.
# Los montos, días y horas llegan ya escritos.

## En todos los papeles

paper-demo = DEMOSTRACIÓN · sin validez oficial
paper-folio = Folio { $folio }
paper-procedure-first = Primera vez
paper-procedure-renewal = Renovación
paper-procedure-lost = Reposición por pérdida, robo o daño
paper-group-adult = Persona mayor de edad
paper-group-minor = Niña, niño o adolescente
paper-years = { $years ->
    [one] 1 año
   *[other] { $years } años
}
paper-notice-version = Versión { $version }

## Hoja de ayuda para el pago

paper-pay-title = Hoja de ayuda para el pago en ventanilla bancaria
paper-pay-subtitle = Derechos, Productos y Aprovechamientos (DPA)
paper-pay-intro = Muestra esta hoja en la ventanilla del banco. Los datos son los de quien recibe el pasaporte.
paper-pay-rfc = RFC
paper-pay-rfc-value = no necesario salvo factura (CFDI)
paper-pay-curp = CURP
paper-pay-surname1 = Apellido paterno
paper-pay-surname2 = Apellido materno
paper-pay-surname2-none = (no tiene)
paper-pay-given = Nombre(s)
paper-pay-company = Denominación o razón social
paper-pay-company-value = no aplica: es una persona
paper-pay-agency = Dependencia
paper-pay-agency-value = Secretaría de Relaciones Exteriores
paper-pay-period = Periodo
paper-pay-period-none = No aplica periodo
paper-pay-period-month = Mensual
paper-pay-period-two-months = Bimestral
paper-pay-period-quarter = Trimestral
paper-pay-period-four-months = Cuatrimestral
paper-pay-period-half-year = Semestral
paper-pay-period-year = Del ejercicio
paper-pay-month = Mes
paper-pay-month-value = no aplica
paper-pay-fee-year = Ejercicio
paper-pay-reference = Clave de referencia
paper-pay-chain = Cadena de la dependencia
paper-pay-codes-by-operator = La busca el operador del banco: tarifa del 50 %
paper-pay-concept = Concepto
paper-pay-concept-value = Pasaporte ordinario, vigencia de { $years }, { $half ->
    [yes] tarifa con descuento del 50 %
   *[no] tarifa completa
}
paper-pay-amount = Importe a pagar
paper-pay-provisional = Es la tarifa de { $year }. Tu cita es en { $next } y esa tarifa aún no se publica: puede cambiar el 1 de enero. Si sube, se paga la diferencia.
paper-pay-half-note = Dile al operador: «pasaporte ordinario, { $years }, tarifa del 50 %». El operador encuentra la cadena en su sistema; revisa que el importe sea { $amount }.
paper-pay-where = Dónde pagar
paper-pay-banks = En la ventanilla de un banco autorizado: Banjército, Banorte, BBVA, Banamex, HSBC, Santander, Scotiabank, Multiva o Inbursa, entre otros.
paper-pay-cash = En ventanilla: en efectivo o con cheque del mismo banco.
paper-pay-online = O en tu propia banca en línea, en «Pago de impuestos federales / DPA».
paper-pay-local-fee = La oficina de enlace cobra además { $amount } de cuota municipal. Se paga aparte, en la tesorería municipal.
paper-pay-local-unknown = La oficina de enlace puede cobrar además una cuota municipal. Pregunta ahí cuánto es: se paga aparte, en la tesorería municipal.
paper-pay-care = Cuida tu dinero
paper-pay-care-people = Nunca pagues a personas, por transferencia a cuentas particulares ni en tiendas de conveniencia.
paper-pay-care-one = Haz una operación por cada pasaporte.
paper-pay-care-receipt = Guarda el recibo original con sello digital: se entrega el día de la cita.
paper-pay-care-rfc = El RFC solo hace falta si quieres factura (CFDI).
paper-pay-care-free = La cita es gratis. Esta hoja no es un recibo.
paper-pay-appointment = Tu cita: { $day }, { $hour } · { $office }
paper-contact = Dudas: { $phone } · { $site }

## Tríptico: portada y reverso

paper-tri-title = Tu cita para el pasaporte
paper-tri-for = Para
paper-tri-day = Día
paper-tri-hour = Hora
paper-tri-hour-value = { $hour } (hora local)
paper-tri-office = Oficina
paper-tri-address = Dirección
paper-tri-validity = Vigencia
paper-tri-qr-map = Código QR: ubicación de la oficina en el mapa
paper-tri-qr-papers = Código QR: todos tus papeles en línea
paper-tri-qr-sheet = Código QR: tu hoja de ayuda para el pago
paper-tri-map = Cómo llegar
paper-tri-papers = Tus papeles en línea
paper-tri-sheet = Tu hoja de pago
paper-tri-notes = Notas
paper-tri-rules = Reglas de la oficina
paper-tri-rules-text = Cada oficina organiza su entrada y puede tener reglas propias sobre acompañantes, equipaje o estacionamiento. Si algo te preocupa, pregunta antes de ir.
paper-tri-contact = Contacto
paper-tri-legal = Fundamento
paper-tri-legal-rules = Reglamento de Pasaportes y del Documento de Identidad y Viaje (DOF 05-08-2011, reformado el 17-08-2016).
paper-tri-legal-simple = Acuerdo de simplificación de trámites (DOF 31-01-2025): requisitos vigentes desde el 20 de febrero de 2025.
paper-tri-legal-fee = Ley Federal de Derechos, artículo 20: tarifas.
paper-tri-fold = Imprime por los dos lados, volteando por el lado corto. Dobla por las marcas: la portada queda al frente.

## Tríptico: qué llevar

paper-bring-title = Qué llevar
paper-bring-intro = Originales. Marca lo que ya tienes.
paper-bring-person = Acude en persona. Ahí mismo llenas la solicitud, sin costo.
paper-bring-old = El pasaporte que vas a renovar.
paper-bring-lost = El acta o la carta que explica qué pasó con tu pasaporte (mira «Si lo perdiste, te lo robaron o se dañó»).
paper-bring-id = Tu identificación oficial vigente, con foto y firma.
paper-bring-id-named = Tu identificación oficial vigente, con foto y firma. Elegiste: { $identification }.
paper-bring-receipt = El recibo original del pago de { $amount }, con sello digital.
paper-bring-half = El documento que da derecho al descuento del 50 %. La oficina lo revisa.
paper-bring-child = La niña, el niño o adolescente, en persona y con su identificación.
paper-bring-child-named = La niña, el niño o adolescente, en persona y con su identificación. Elegiste: { $identification }.
paper-bring-child-old = El pasaporte anterior que se va a renovar.
paper-bring-child-lost = El acta o la carta que explica qué pasó con el pasaporte (mira «Si se perdió, lo robaron o se dañó»).
paper-bring-adults-id = La identificación oficial vigente de cada persona adulta que autoriza.
paper-bring-forms = Solicitud (OP-5) y autorización (OP-7). Son gratis y se dan en la oficina.
paper-case-title = Por si acaso
paper-case-birth = Lleva un acta de nacimiento certificada. Ya no se pide si la oficina la encuentra en su sistema, pero te evita otra vuelta.
paper-case-late = Si el nacimiento se registró después de los 10 años de edad, pregunta antes qué otro documento hace falta.
paper-case-earlier = Si tu pasaporte anterior es de antes de 1990, el trámite cuenta como primera vez.
paper-gone-title = Ya no se piden
paper-gone-text = Comprobante de domicilio, CURP certificada ni fotografías.

## Tríptico: cómo pagar

paper-cost-title = Cómo pagar
paper-cost-label = Pasaporte de { $years }
paper-cost-label-half = Pasaporte de { $years }, con 50 % de descuento
paper-cost-provisional = Tarifa de { $year }: puede cambiar el 1 de enero de { $next }. Si sube, se paga la diferencia.
paper-cost-sheet = Lleva al banco tu hoja de ayuda: ahí están los datos que te piden.
paper-cost-half = El operador del banco encuentra la cadena de la tarifa del 50 %. Revisa el importe.
paper-cost-bank = Paga solo en la ventanilla de un banco autorizado o en tu propia banca en línea.
paper-cost-one = Una operación por pasaporte.
paper-cost-keep = Guarda el recibo original: se entrega en la oficina.
paper-cost-lasts = Si no lo usas ahora, el recibo sirve 5 años; si la tarifa sube, pagas la diferencia.
paper-local-title = Cuota municipal
paper-local-known = Esta oficina de enlace cobra además { $amount }. Se paga en la tesorería municipal.
paper-local-unknown = Esta oficina de enlace puede cobrar además una cuota municipal. Pregunta ahí cuánto es y dónde se paga.
paper-local-none = Esta oficina de enlace no cobra cuota municipal.

## Tríptico: el día de la cita

paper-day-title = El día de tu cita
paper-day-early = Llega 15 minutos antes.
paper-day-show = Muestra tu código QR o di tu folio.
paper-day-photos = No lleves fotografías: foto, huellas y firma se toman ahí.
paper-day-face = Para la foto: cara descubierta y sin lentes.
paper-day-check = Revisa que tu nombre y tu CURP estén bien escritos antes de firmar.
paper-day-personal = El trámite es personal. Nadie puede hacerlo por ti y no necesitas gestor.
paper-day-personal-child = El trámite es personal: la niña, el niño o adolescente y quienes autorizan deben estar ahí. No necesitan gestor.
paper-delivery-title = Cuándo te lo dan
paper-delivery-oficina_pasaportes = En una Oficina de Pasaportes te lo entregan, por lo general, el mismo día.
paper-delivery-oficina_enlace = En una oficina de enlace tarda, por lo general, de 3 a 5 días hábiles. Ahí te dicen cuándo recogerlo.

## Tríptico: solapa

paper-attend-title = Quiénes deben asistir
paper-attend-child = La niña, el niño o adolescente.
paper-attend-mother = La mamá, con su identificación oficial.
paper-attend-father = El papá, con su identificación oficial.
paper-attend-guardian = Quien tiene la tutela, con su identificación oficial y el documento que la acredita.
paper-op7-title = El formato OP-7
paper-op7-sign = Con él autorizan el pasaporte quienes tienen la patria potestad o la tutela. Se firma en la oficina.
paper-op7-absent = Quien no pueda ir firma el OP-7 en otra oficina de pasaportes o en un consulado, antes de la cita. Vale 90 días naturales.
paper-op7-alone = { $who ->
    [mother] Como solo irá la mamá, la otra persona con patria potestad
   *[father] Como solo irá el papá, la otra persona con patria potestad
} firma antes el OP-7 en otra oficina de pasaportes o en un consulado. Vale 90 días naturales.
paper-op7-died = Si la mamá o el papá falleció, lleva el acta de defunción.
paper-school-title = La identificación del menor
paper-school-over = Credencial o constancia de la escuela, con foto y sello.
paper-school-under = Antes de los 7 años también sirve una constancia médica con foto.
paper-lost-title = Si lo perdiste, te lo robaron o se dañó
paper-lost-title-child = Si se perdió, lo robaron o se dañó
paper-lost-stolen = Robo: denuncia ante el Ministerio Público.
paper-lost-lost = Pérdida: en muchas oficinas basta una carta bajo protesta de decir verdad que se firma ahí; otras piden acta.
paper-lost-damaged = Daño: lleva el pasaporte dañado.
paper-lost-ask = No todas las oficinas piden lo mismo: confirma con la oficina antes de ir.
paper-change-title = Si no puedes venir
paper-change-text = Cancela en el mismo chat de WhatsApp: otra persona podrá usar tu lugar y tú podrás agendar otra cita.
paper-fraud-title = Que no te engañen
paper-fraud-free = La cita es gratis. Si alguien te cobra por ella, es fraude.
paper-fraud-pay = Aquí nadie te pide dinero: nunca pagues a personas, en tiendas ni a cuentas particulares.
paper-fraud-data = Nunca mandes fotos de documentos ni datos de tu tarjeta.

## Calendario

paper-ics-summary = Cita para el pasaporte · { $folio }
paper-ics-detail = Llega 15 minutos antes, con tus originales y el recibo del pago. Folio { $folio }. Dudas: { $phone }
