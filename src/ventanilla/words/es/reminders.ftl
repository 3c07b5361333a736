# Recordatorios dentro de las 24 horas, y lo que se contesta a quien los responde. Los que salen después son plantillas
# (templates.ftl): dicen lo mismo, para que las dos redacciones (cost y plain) se puedan comparar.
reminder-cost =
    🔔 Te recordamos la cita de *{ $name }*
    Folio: *{ $folio }*
    📍 { $office }
    { $address }
    📅 *{ DAY($day) }, { CLOCK($time) }* (hora local)

    ¿Vas a venir? Un lugar al que nadie llega se pierde: ese día se atiende a una persona menos. Si ya no puedes, cámbiala o cancélala con un toque y alguien más podrá usar ese lugar.
reminder-plain =
    🔔 Te recordamos la cita de *{ $name }*
    Folio: *{ $folio }*
    📍 { $office }
    { $address }
    📅 *{ DAY($day) }, { CLOCK($time) }* (hora local)

    ¿Vas a venir? Si ya no puedes, cámbiala o cancélala con un toque.
reminder-going =
    🔔 Te esperamos a la cita de *{ $name }*
    Folio: *{ $folio }*
    📍 { $office }
    { $address }
    📅 *{ DAY($day) }, { CLOCK($time) }* (hora local)

    Ya nos dijiste que vienes; no tienes que contestar.
reminder-today =
    🔔 *Hoy* es la cita de *{ $name }*
    Folio: *{ $folio }*
    🕐 *{ CLOCK($time) }*, hora local. Llega 15 minutos antes.
    📍 { $office }
    { $address }
reminder-bring =
    🗺️ Cómo llegar: { $map }
    📄 Lleva tus documentos en original y el comprobante de pago. Tus códigos QR y la lista: { $url }
reminder-names = { $names } y { $last }
reminder-folios = { $folio } (+{ $more })
choice-reminder-going = Voy
choice-reminder-change = Cambiar
choice-reminder-cancel = Cancelar
choice-reminder-cannot = No puedo ir
choice-reminder-not-now = Ya no puedo ir
reminder-thanks =
    ¡Gracias! Te esperamos:
    📅 *{ DAY($day) }, { CLOCK($time) }* (hora local)
    📍 { $office }
    Si algo cambia, escribe *mis citas*.
reminder-gone = Esa cita ya no está: ya pasó, se canceló o no se hizo desde este teléfono. Para ver las que tienes, escribe *mis citas*.
