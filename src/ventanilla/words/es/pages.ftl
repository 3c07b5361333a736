# Páginas públicas.
page-skip = Ir al contenido
page-demo = Demostración: nada aquí es una cita real ni pertenece a una institución.
page-nav = Navegación
page-offices = Oficinas
page-notice = Aviso de privacidad
page-other-language = English
page-free = La cita es gratis. Nadie puede cobrarte por ella.
page-phone = Teléfono oficial: { $phone }
page-software = Hecho con Ventanilla, software libre. No es un sitio de la Secretaría de Relaciones Exteriores.
page-home = Ir al inicio
page-not-found = Esta página no existe
page-not-found-about = Revisa la dirección, o empieza desde la página de inicio.
page-expired = Este enlace ya no sirve
page-expired-about = Los enlaces a tus documentos vencen. Escribe «mis citas» al mismo número de WhatsApp y te mandamos uno nuevo.
home-title = Tu cita de pasaporte, por WhatsApp
home-lead = Escribe como a cualquier contacto. En unos minutos sales con oficina, día y hora, tus tres códigos QR y la hoja para pagar en el banco.
home-start = Abrir el chat
home-how = Cómo funciona
home-step-1 = Escribe «hola».
home-step-1-about = Te mostramos el aviso de privacidad. Sin tu aceptación no pedimos ningún dato.
home-step-2 = Contesta por escrito.
home-step-2-about = CURP, nombre, identificación y municipio. Nunca fotos, audios ni datos de tarjeta.
home-step-3 = Elige oficina, día y hora.
home-step-3-about = Las más cercanas, con su primer día libre. Te apartamos el lugar mientras revisas.
home-step-4 = Recibe todo en el chat.
home-step-4-about = Confirmación, tres códigos QR, hoja de ayuda para el pago y tríptico con requisitos.
home-fees = Costos { $year }
home-validity = Vigencia
home-years =
    { $years ->
        [one] { $years } año
       *[other] { $years } años
    }
home-money = { MONEY($amount) }
home-fees-about = 1 año, solo para menores de 3 años; 10 años, desde los 18 de edad. El 50 % es para mayores de 60 años, personas con discapacidad y trabajadores agrícolas temporales en Canadá. Se paga en ventanilla de banco autorizado o en tu banca en línea. Las oficinas de enlace pueden cobrar aparte un derecho municipal.
home-fraud = Que no te engañen
home-fraud-about = La cita es gratis y personal: no se vende, no se transfiere y no hay gestores. Nunca te pediremos pagos, fotos ni datos de tarjeta por este chat.
home-missed = Si no llegas a tu cita
home-missed-about =
    Cancela en el chat en cuanto lo sepas, hasta { $hours } horas antes: eso nunca cuenta en tu contra. Quien falta sin cancelar a { $count ->
        [one] { $count } cita
       *[other] { $count } citas
    } en { $window } días elige, por un tiempo, solo entre los lugares de los próximos { $near } días o se apunta en la lista de espera. Nadie pierde el derecho a su pasaporte. Un cierre o un error nuestro nunca cuentan, y si hubo un motivo, en la oficina lo corrigen.
home-offices = { $count } oficinas en { $states } estados
home-offices-all = Ver todas las oficinas
offices-about = Lista de arranque con datos públicos; quien opera el sistema la sustituye por la suya. Confirma antes de ir.
offices-assumed = horario supuesto
page-draws = Sorteos
draws-about = Donde hay más personas que lugares, los lugares se sortean: cada persona entra una vez, gratis, y nadie puede escoger quién gana. Entra por el chat cuando elijas la oficina.
draws-check = Cualquiera puede repetir la cuenta con el archivo publicado y el programa libre verify_draw.py:
draws-one = Sorteo { $number }
draws-days =
    Citas del { DATE($first) } al { DATE($last) }. { $places ->
        [one] { $places } lugar.
       *[other] { $places } lugares.
    }
draws-stage =
    { $stage ->
        [announced] Abierto: cierra el { DATE($closes) } (fecha UTC).
        [closed] Cerró con { $entries ->
            [one] { $entries } persona
           *[other] { $entries } personas
        }. Falta el valor público para sortear.
       *[drawn] Ya se sorteó entre { $entries ->
            [one] { $entries } persona
           *[other] { $entries } personas
        }.
    }
draws-source = Valor público:
draws-file = Descargar el archivo del sorteo
draws-none = Por ahora no hay sorteos.
notice-version = Versión { $version }
papers-title = Los documentos de tu cita
papers-not-live = Esta cita ya no está vigente.
papers-folio = Folio
papers-when = Cuándo
papers-moment = { DAY($day) }, { CLOCK($time) } (hora local de la oficina)
papers-where = Dónde
papers-pay = Pago
papers-sheet = Hoja de ayuda para el pago (PDF)
papers-triptych = Tríptico (PDF)
papers-calendar = Agregar a mi calendario
papers-alt-qr-checkin = Código QR con tu CURP y el registro de llegada
papers-alt-qr-office = Código QR con la ubicación de la oficina
papers-alt-qr-payment = Código QR con tu hoja de ayuda para el pago
law-public = Ley General de Protección de Datos Personales en Posesión de Sujetos Obligados (DOF 20-03-2025)
law-private = Ley Federal de Protección de Datos Personales en Posesión de los Particulares (DOF 20-03-2025)
notice-sample = AVISO DE MUESTRA: este sistema es una demostración y el texto no corresponde a ninguna institución.
