# El sorteo de lugares: entrar, el recibo, el resultado.
draw-won =
    🎉 *{ $name } tiene lugar en el sorteo.*
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }* (hora local)

    Te lo guardo hasta el { DAY($closing) } a las { CLOCK($until) }. Toca *Sí, lo quiero* y la cita queda hecha. Si lo dejas, pasa a la siguiente persona.
choice-draw-take = Sí, lo quiero
choice-draw-decline = No, gracias
draw-lost =
    Esta vez el sorteo no alcanzó para { $name }, en { $office }. Si alguien deja su lugar y te toca, te aviso.
    La próxima vez llevas *{ $tickets } boletos* en la tómbola: esperar sí cuenta. Para ver tu recibo, escribe *sorteo*.
