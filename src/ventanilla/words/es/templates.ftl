# Plantillas de WhatsApp: lo único que puede salir cuando la persona lleva más de 24 horas sin escribir.
# Meta revisa cada una. Ninguna pide datos. Cada una: el cuerpo, .header, .footer y un renglón por botón.
# Una variable no va al principio ni al final, ni junto a otra sin palabras o signos en medio.

template-day = { DAY($day) }

template-respuesta-pendiente =
    Ya tenemos la respuesta que nos pediste sobre tu cita de pasaporte. Toca el botón y te la mandamos aquí mismo.
    .header = Tu respuesta está lista
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .read = Ver respuesta

template-cita-confirmada =
    La cita de pasaporte de *{ $name }* quedó confirmada.

    Folio: *{ $folio }*
    Día: { $day }
    Hora: { $time }
    Lugar: { $office }
    Dirección: { $address }.

    Toca el botón y te mandamos tus códigos QR y la hoja para pagar.
    .header = Cita confirmada
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .read = Recibir mis QR

template-recordatorio-cita =
    Te recordamos la cita de pasaporte de *{ $name }*, con folio *{ $folio }*.

    Día: { $day }
    Hora: { $time }
    Lugar: { $office }
    Dirección: { $address }.

    ¿Vas a venir? Un lugar al que nadie llega se pierde: ese día se atiende a una persona menos. Si ya no puedes, cámbiala o cancélala con un toque y alguien más podrá usar ese lugar.
    .header = Tu cita se acerca
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .going = Voy
    .change = Cambiar
    .cancel = Cancelar

template-recordatorio-cita-2 =
    Te recordamos la cita de pasaporte de *{ $name }*, con folio *{ $folio }*.

    Día: { $day }
    Hora: { $time }
    Lugar: { $office }
    Dirección: { $address }.

    ¿Vas a venir? Si ya no puedes, cámbiala o cancélala con un toque.
    .header = Tu cita se acerca
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .going = Voy
    .change = Cambiar
    .cancel = Cancelar

template-recordatorio-confirmado =
    Te esperamos a la cita de pasaporte de *{ $name }*, con folio *{ $folio }*.

    Día: { $day }
    Hora: { $time }
    Lugar: { $office }
    Dirección: { $address }.

    Ya nos dijiste que vienes; no tienes que contestar. Si algo cambió, toca el botón.
    .header = Te esperamos en tu cita
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .cancel = Ya no puedo ir

template-recordatorio-hoy =
    Hoy es la cita de pasaporte de *{ $name }*, con folio *{ $folio }*.

    Hora: { $time }
    Lugar: { $office }
    Dirección: { $address }.

    Llega unos minutos antes. ¡Te esperamos!
    .header = Tu cita es hoy
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .going = Voy
    .cancel = No puedo ir

template-cierre-oficina =
    La { $office } no va a abrir el { $day }. Por eso no podremos atender ese día a las { $time } la cita de *{ $name }*, con folio *{ $folio }*.

    Perdón por la molestia. Toca *Elegir otro lugar* y te ayudamos a escoger otro día u otra oficina: no pierdes nada.
    .header = Tu oficina no va a abrir
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .change = Elegir otro lugar
    .cancel = Cancelar mi cita

template-oficina-reabre =
    Buena noticia: la { $office } sí va a abrir el { $day }. La cita de *{ $name }*, con folio *{ $folio }*, sigue en pie a las { $time } de ese día.

    No tienes que hacer nada. ¡Te esperamos!
    .header = Tu oficina sí va a abrir
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .appointments = Ver mi cita

template-oferta-lugar =
    Se desocupó un lugar antes para la cita de pasaporte de *{ $name }*, con folio *{ $folio }*.

    Día: { $day }
    Hora: { $time }
    Lugar: { $office }.

    Te lo guardamos hasta las { $until }. Si no lo quieres, tu cita de ahora sigue igual.
    .header = Un lugar antes para ti
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .take = Sí, lo quiero
    .leave = No, gracias

template-sorteo-ganado =
    El sorteo de citas de pasaporte dio un lugar a *{ $name }*.

    Día: { $day }
    Hora: { $time }
    Lugar: { $office }.

    Está guardado hasta el { $closing } a las { $until }. Toca *Sí, lo quiero* y la cita queda hecha.
    .header = Te tocó lugar en el sorteo
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .take = Sí, lo quiero
    .decline = No, gracias

template-sorteo-sin-lugar =
    En el sorteo de citas de pasaporte no alcanzó lugar *{ $name }*. Fue en { $office }.

    Si alguien deja su lugar y te toca, te avisamos. La próxima vez llevas { $tickets } boletos en la tómbola: esperar sí cuenta.
    .header = Resultado del sorteo
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .book = Agendar cita

template-oferta-lugar-nuevo =
    Se desocupó un lugar para la cita de pasaporte de *{ $name }*, que está en la lista de espera.

    Día: { $day }
    Hora: { $time }
    Lugar: { $office }.

    Te lo guardamos hasta las { $until }. Si no lo quieres, sigues en la lista.
    .header = Hay un lugar para ti
    .footer = La cita es gratis: nadie puede cobrarte por ella.
    .take = Sí, lo quiero
    .leave = No, gracias

## Lo que se le dice al personal de una plantilla

template-standing-same = Lista para enviarse.
template-standing-missing = No existe en Meta. Ejecuta: ventanilla templates sync --apply
template-standing-different = En Meta tiene otro texto. Ejecuta: ventanilla templates sync --apply
template-standing-waiting = Meta la está revisando; puede tardar un día. No hay que hacer nada.
template-standing-rejected = Meta la rechazó. Lee el motivo, corrige su texto en templates.ftl y ejecuta: ventanilla templates sync --apply. Si el motivo no es justo, apela en el Administrador de WhatsApp.
template-standing-paused = Meta la pausó porque hubo quejas. Vuelve sola en 3 o 6 horas; a la tercera vez la cierra. Revisa a quién se le envía y corrige su texto.
template-standing-disabled = Meta la cerró y no se puede enviar. Apela en el Administrador de WhatsApp, o bórrala con ventanilla templates delete y, pasados 30 días, créala otra vez.
template-standing-recategorised = Meta la pasó a otra categoría, más cara. Pide la revisión en el Administrador de WhatsApp antes de 60 días, o quita de su texto lo que parezca publicidad.
template-standing-poor = Se puede enviar, pero hay quejas: si siguen, Meta la va a pausar. Revisa su texto y a quién se le envía.
