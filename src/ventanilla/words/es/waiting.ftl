# La lista de espera y los lugares que se ofrecen.

ask-wait = Si quieres, te apunto en la *lista de espera*: cuando se libere un lugar, te lo aparto y te aviso por aquí.
choice-wait-yes = Avísame si hay lugar
choice-wait-office = Ver otra oficina
ask-wait-offices =
    ¿En qué oficina te queda bien? *{ $office }*{ $others ->
        [none] .
       *[other] , o también en las más cercanas: { $others }.
    }
choice-wait-offices-this = Solo esa oficina
choice-wait-offices-near = Las 3 más cercanas
ask-wait-from = ¿Desde qué día podrías ir? Toca una opción o escribe la fecha, por ejemplo «15 de enero».
choice-wait-from-today = Desde hoy
choice-wait-from-week = En una semana
choice-wait-from-weeks = En dos semanas
bad-wait-from = No entendí el día. Toca una opción o escríbelo así: 15 de enero.
ask-wait-half = ¿A qué hora te conviene?
choice-wait-half-morning = Por la mañana
choice-wait-half-afternoon = Por la tarde
choice-wait-half-any = Me da igual
waiting-joined =
    ✅ Listo, quedaste en la *lista de espera*. Cuando se libere un lugar para ti, te aviso por aquí y te lo aparto { $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minutos
    } (menos si falta poco para la cita). De noche no te escribo.{ $sooner ->
        [yes] { "" } Mientras tanto, tu cita de ahora sigue igual.
       *[no] { "" }
    }
    Para ver tu lugar o salirte, escribe *lista de espera*. Es gratis.
waiting-already = Esa persona ya está en la lista de espera para este trámite. Si la apuntaste tú, escribe *lista de espera* para ver su lugar.
waiting-too-many =
    Desde este teléfono ya hay citas o lugares en la lista de espera para { $people ->
        [one] { $people } persona
       *[other] { $people } personas
    }, que es el máximo. Si necesitas otra, escribe *persona*.
waiting-how = Con gusto. Primero te pregunto lo mismo que para una cita; si no hay lugar, te apunto en la *lista de espera*.
waiting-sooner = Claro: te apunto por si se libera una fecha antes de la cita que ya tienes, que mientras tanto sigue igual.
waiting-entry =
    { "*" }Lista de espera* · { $name }
    { $sooner ->
        [yes] { $procedure }, para una fecha antes de la cita que ya tiene
       *[no] { $procedure }
    }
    📍 { $offices }
    📅 Desde el { DATE($day) }, { $half ->
        [morning] por la mañana
        [afternoon] por la tarde
       *[any] a cualquier hora
    }
    { $paused ->
        [yes] ⏸ En pausa: no le estamos ofreciendo lugares.
       *[no] { $high ->
            [0] Lugar en la fila: más de { $low }.
           *[other] Lugar en la fila: entre { $low } y { $high }.
        }
    }
choice-waiting-leave = Salir de la lista
choice-waiting-keep = Seguir
choice-waiting-resume = Seguir en la lista
waiting-left = Listo, saliste de la lista de espera y borré lo que guardaba para ella. Puedes volver a apuntarte cuando quieras.
waiting-kept = Muy bien, sigues en la lista. Te aviso en cuanto haya un lugar para ti.
waiting-resumed = Muy bien, sigues en la lista y en tu mismo lugar de la fila. Te aviso en cuanto haya un lugar para ti.
waiting-rests =
    Te aparté { $count ->
        [one] { $count } lugar
       *[other] { $count } lugares
    } y no supe si los querías, así que puse en pausa tu lista de espera. Tu lugar en la fila se conserva: toca *Seguir en la lista* cuando quieras.
offer-place =
    🔔 *Se liberó un lugar* para { $name }:
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }*

    Te lo aparto hasta las *{ CLOCK($hour) }* (hora de la oficina). ¿Lo quieres?
offer-sooner =
    🔔 *Se liberó un lugar antes* para { $name }:
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }*

    Si lo quieres, cambio por este la cita { $folio } del { DAY($now-day) }, { CLOCK($now-time) }. Si no, esa sigue igual. Te lo aparto hasta las *{ CLOCK($hour) }* (hora de la oficina).
choice-offer-take = Sí, lo quiero
choice-offer-leave = No, gracias
offer-left = De acuerdo, ese lugar será para otra persona. Sigues en la lista y te aviso del próximo. Para salirte, escribe *lista de espera*.
offer-gone =
    El tiempo de ese lugar ya terminó y ahora es para otra persona. { $waits ->
        [yes] No perdiste tu turno: sigues en la lista y te aviso en cuanto haya otro.
       *[no] Si necesitas un lugar, escribe *agendar cita*.
    }
offer-yours = Ese lugar ya es tuyo. Lo encuentras en *mis citas*, con todos tus documentos.
offer-already-live = Esa persona ya tiene una cita vigente para este trámite, y solo puede haber una. Si quieres cambiarla, escribe *mis citas*.
