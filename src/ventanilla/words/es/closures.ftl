# Cuando una oficina no abre: lo que se les dice a quienes tenían cita ahí. Nunca es culpa suya.

closure-told =
    La *{ $office }* no va a abrir el *{ DAY($day) }*, así que ese día a las { CLOCK($time) } no podremos atender la cita de *{ $name }* (folio { $folio }). Motivo: { $reason }.

    Perdón por la molestia. No es tu culpa: no pierdes nada y este cambio no cuenta como cambio tuyo.

    { $count ->
        [-1] Ya terminó el tiempo de los lugares que te apartamos. Elige otro cuando puedas, hoy o después.
        [0] Por ahora no hay otro lugar libre cerca. En cuanto se libere uno te lo apartamos y te avisamos aquí, antes de ofrecerlo a nadie más. También puedes elegir tú, hoy o después.
        [one] Te apartamos este lugar hasta el { BRIEF($kept-day) } a las { CLOCK($kept-time) }. Tócalo y queda listo.
       *[other] Te apartamos estos lugares hasta el { BRIEF($kept-day) } a las { CLOCK($kept-time) }. Toca el que prefieras y queda listo.
    }
closure-again = Ya terminó el tiempo de los lugares que te apartamos, pero no pierdes nada. La cita de *{ $name }* (folio { $folio }) todavía necesita otro lugar, porque la *{ $office }* no abre el { DAY($day) } y no podremos atenderla a las { CLOCK($time) }. Toca *Elegir otro lugar* cuando puedas: no cuenta como cambio tuyo.
closure-taken = Gracias por tu paciencia. Este es tu nuevo lugar; los códigos QR de antes ya no sirven, usa estos.
closure-reopened = Buena noticia: la *{ $office }* sí va a abrir el *{ DAY($day) }*. La cita de *{ $name }* (folio { $folio }) sigue en pie a las { CLOCK($time) }. No tienes que hacer nada.
closure-withdrawn =
    Te habíamos apartado un lugar en la *{ $office }* el { DAY($day) } a las { CLOCK($time) }, pero esa oficina no va a abrir ese día. Perdón: ya no podemos dártelo. { $kind ->
        [waiting] Sigues en la lista de espera, con el mismo turno.
       *[draw] Ya avisamos a una persona para que te busque otro lugar.
    }
closure-none = Esa cita ya no está pendiente: quedó en otro lugar, se canceló o la oficina sí va a abrir. Escribe *mis citas* y te digo cómo está.
closure-over = Ese día ya pasó y la oficina no abrió, así que puedes agendar una cita nueva cuando quieras. Toca *Agendar cita*.
closure-sure = ¿Cancelo la cita { $folio }? No hace falta: puedes elegir otro lugar cuando quieras, sin perder nada.
closure-cancelled = Listo, cancelé la cita { $folio }. Perdón otra vez por el cierre. Puedes agendar otra cuando quieras.
choice-closure-other = Elegir otro lugar
about-closure-other = Otro día u otra oficina, el que tú quieras
choice-closure-cancel = Cancelar mi cita
about-closure-cancel = Si ya no la necesitas
closure-gone = Ese lugar ya no está apartado para ti: se acabó el tiempo o ya elegiste otro. Tu cita no se pierde por eso.
