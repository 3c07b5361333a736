# Lo que el personal lee en la mesa de entrada: quién llegó, qué se corrige, qué se justifica.
desk-not-found = No hay ninguna cita con el folio { $folio }. Revísalo: después de PA van siete letras o números.
desk-cancelled = La cita { $folio } está cancelada. La persona puede sacar otra en el chat.
desk-not-today = La cita { $folio } es el { DAY($day) } a las { CLOCK($time) } en { $office }. Solo ese día se registra la llegada.
desk-arrived =
    Llegada registrada a las { CLOCK($at) }. Cita { $folio } · { CLOCK($time) } · CURP { $curp }{ $late ->
        [yes] { "\u000A" }Llegó tarde: atiéndele si se puede.
       *[no] { "" }
    }
    Compara la CURP con su identificación.
desk-arrived-again = Su llegada ya estaba registrada a las { CLOCK($at) }. Cita { $folio } · { CLOCK($time) } · CURP { $curp }
desk-outdated = El código es de antes de un cambio: vale lo que dice esta pantalla.
desk-code-unreadable = Eso no es el código QR 1 de una cita. Escanea el código completo, con la CURP al principio, o busca la cita por su folio.
desk-code-unknown-key = El código se firmó con la llave { $said }, que esta mesa no tiene. Pide el archivo nuevo de llaves, o busca la cita por su folio.
desk-code-altered = La firma del código no es nuestra: alguien lo cambió o lo inventó. Busca la cita por su folio.
desk-code-other-curp = La CURP del código no es la de esta cita: alguien puso otra delante de una firma verdadera. Pide su identificación y busca la cita por su folio.
desk-code-other-office = El código es de otra oficina ({ $said }), no de esta ({ $here }).
desk-code-other-day = El código es para el { DAY($day) } a las { CLOCK($time) }, no para hoy. Si la cita se cambió, el código nuevo está en el chat.
desk-code-read =
    Firma correcta. Folio { $folio } · { $office } · { DAY($day) }, { CLOCK($time) }
    { $bound ->
        [yes] La CURP del código ({ $curp }) es la de la cita. Compárala con su identificación.
       *[no] Es un código antiguo, que no asegura la CURP: busca la cita por su folio.
    }
desk-not-correctable = La cita { $folio } ya pasó o está cancelada: no hay nada que corregir.
desk-corrected = Corregido. La persona recibe el aviso y sus documentos nuevos en el chat.
desk-correct-nothing = Así está escrito ya: no hay nada que corregir.
desk-correct-curp = Eso no es una CURP válida. Escribe las 18 letras y números como vienen en el documento.
desk-correct-another-curp = Esa CURP cambia más de { $letters } letras o números de la que se confirmó: es otra persona. Tiene que sacar su propia cita.
desk-correct-another-name = Ese nombre cambia más que un error de escritura: es otra persona. Tiene que sacar su propia cita.
desk-correct-another-group = Con esa fecha de nacimiento sería un trámite de otra edad. Cancela la cita y saquen otra.
desk-correct-no-name = Faltan nombre o primer apellido.
desk-correct-does-not-fit = Con ese cambio el nombre y la CURP coinciden menos que antes. Corrige los dos, o revisa el documento.
desk-correct-already-live = Con esa CURP ya hay otra cita vigente de este trámite. Cancela primero la que sobra.
desk-not-missed = La cita { $folio } no cuenta como falta: no hay nada que justificar.
desk-excused = La cita { $folio } ya no cuenta como falta.
desk-no-reason = Faltan quién lo hace o por qué. Los dos quedan escritos.
