"builtin.module"() ({
  "agent.declare_model"() <{ref = "whisper", sym_name = "ears"}> : () -> ()
  "agent.declare_model"() <{ref = "bge", sym_name = "code"}> : () -> ()
  "agent.graph"() <{result_type = !agent.audio, sym_name = "voice"}> ({
    %sound = "agent.input"() <{name = "sound"}> : () -> !agent.audio
    %words = "agent.transcribe"(%sound) <{model = @ears, on = "npu"}> : (!agent.audio) -> !agent.text
    %vector = "agent.embed"(%words) <{model = @code}> : (!agent.text) -> !agent.vector
    %speech = "agent.speak"(%words) <{model = @ears}> : (!agent.text) -> !agent.audio
    "agent.yield"(%speech) : (!agent.audio) -> ()
  }) : () -> ()
}) : () -> ()
